import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api-types'
import { useCustomers } from '@/server/people'
import { Icon } from './icons'
import css from './who.module.css'

const shownMax = 5

interface WhoProps {
  label: string
  typed: string
  who: string | null
  required: boolean
  /** Whether the text is already an address; Enter then leaves it alone. */
  complete: boolean
  /** The customer to leave out of the matches. */
  except?: string
  onType(text: string): void
  onPick(id: string, name: string): void
}

/** Finds a customer by name, or takes a typed address. Arrows and Enter choose a match. */
export function Who({ label, typed, who, required, complete, except, onType, onPick }: WhoProps) {
  const { t } = useTranslation()
  const id = useId()
  const words = typed.trim()
  const [asked] = useDebouncedValue(words, 120)
  const answer = useCustomers(asked, who === null && asked.length > 1)
  const others = answer.data?.pages[0]?.items.filter(it => it.id !== except) ?? []
  const found = who === null ? others.slice(0, shownMax) : []
  const [at, setAt] = useState(0)
  /** The text for which Enter was pressed before its matches arrived. */
  const [due, setDue] = useState<string | null>(null)
  const current = Math.min(at, Math.max(0, found.length - 1))
  const here = asked === words && !answer.isFetching
  const pick = (one: Customer | undefined) => {
    setDue(null)
    if (one !== undefined) onPick(one.id, one.name || (one.identities[0]?.value ?? ''))
  }
  const known = found.find(it => it.identities.some(one => one.value.toLowerCase() === words.toLowerCase()))
  useEffect(() => {
    if (due === null || !here) return
    pick(due === words ? (complete ? known : found[0]) : undefined)
  })
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || who !== null) return
    if (event.key === 'ArrowDown') setAt(Math.min(current + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1))
    else if (event.key === 'Enter' && words !== '') {
      if (!here) setDue(words)
      else pick(complete && at === 0 ? known : found[current])
    } else return
    event.preventDefault()
  }
  return (
    <div>
      <TextInput
        label={label}
        value={typed}
        data-autofocus
        leftSection={<Icon name={who === null ? 'search' : 'user'} size={14} />}
        onChange={event => {
          setAt(0)
          setDue(null)
          onType(event.currentTarget.value)
        }}
        onKeyDown={onKey}
        autoComplete="off"
        required={required}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
      />
      {found.length > 0 && (
        <div className={css.found} role="listbox" id={id} aria-label={t('nav.customers')}>
          {found.map((it, index) => (
            <div
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === current}
              data-on={index === current}
              key={it.id}
              onMouseMove={() => setAt(index)}
              onClick={() => pick(it)}
            >
              <b>{it.name || t('customer.unnamed')}</b>
              <span>{it.identities.map(one => one.value).join(' · ')}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
