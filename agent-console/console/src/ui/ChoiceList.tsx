import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from '@/commands/command'
import { ranked } from './fuzzy'
import { Icon } from './icons'
import css from './ui.module.css'

/** A searchable list of choices: arrows, Enter, typing; the same in popovers and in the palette. */
export function ChoiceList({
  label,
  choices,
  prepare,
  onDone,
}: {
  label: string
  choices: (text: string) => Choice[]
  /** Resolves when the data for the choices has arrived. */
  prepare?: () => Promise<unknown>
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const [, setReady] = useState(false)
  useEffect(() => {
    void prepare?.().then(() => setReady(true))
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each list
  }, [])
  const all = choices(text)
  const shown = [
    ...ranked(
      text,
      all.filter(it => it.id !== 'new'),
      it => `${it.label} ${it.detail ?? ''}`,
    ),
    ...all.filter(it => it.id === 'new'),
  ]
  const current = Math.min(at, Math.max(0, shown.length - 1))
  const pick = (choice: Choice | undefined) => {
    if (choice === undefined) return
    if (choice.sticky !== true) onDone()
    void choice.run()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(current + 1, shown.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1))
    else if (event.key === 'Enter') pick(shown[current])
    else return
    event.preventDefault()
  }
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <div>
      <input
        className={css.choiceSearch}
        data-autofocus
        autoFocus
        value={text}
        placeholder={label}
        aria-label={label}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={id}
        aria-activedescendant={shown.length > 0 ? `${id}-${current}` : undefined}
        onChange={event => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div
        className={css.choices}
        role="listbox"
        id={id}
        aria-label={label}
        hidden={shown.length === 0}
        ref={list}
      >
        {shown.map((choice, index) => (
          <div
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            className={css.choice}
            data-on={index === current}
            onMouseMove={() => setAt(index)}
            onClick={() => pick(choice)}
          >
            {choice.icon !== undefined && <Icon name={choice.icon} />}
            <span className={css.choiceText}>{choice.label}</span>
            {choice.detail !== undefined && <span className={css.choiceDetail}>{choice.detail}</span>}
            {choice.active === true && <Icon name="check" />}
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <div className={css.choiceEmpty} role="status">
          {t('common.nothing')}
        </div>
      )}
    </div>
  )
}
