import '@/styles/mantine-more'
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandGroup } from '@/commands/command'
import { useCommandContext } from '@/commands/CommandProvider'
import { commandById, commands } from '@/commands/registry'
import { useSearch } from '@/server/lists'
import { Highlight } from '@/timeline/Text'
import { ChoiceList } from '@/ui/ChoiceList'
import { ranked } from '@/ui/fuzzy'
import { Icon, type IconName } from '@/ui/icons'
import { Keys } from '@/ui/Keys'
import css from './palette.module.css'

interface Line {
  id: string
  label: string
  icon: IconName
  group: string
  shortcut?: string
  highlight?: string | null
  run(): void
}

/** Everything by name: commands, places, tickets, customers, articles. With a command, only its choices. */
export function Palette({ command, onClose }: { command?: string; onClose(): void }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const chosen = command === undefined ? undefined : commandById(command)
  return (
    <Modal.Root opened onClose={onClose} padding={0} size={600} yOffset="10vh">
      <Modal.Overlay />
      <Modal.Content radius={10} aria-label={t('command.palette')}>
        <Modal.Body>
          {chosen?.choices === undefined ? (
            <Everything onClose={onClose} />
          ) : (
            <ChoiceList
              label={t(chosen.label)}
              choices={text => chosen.choices?.(read(), text) ?? []}
              prepare={() => chosen.prepare?.(read()) ?? Promise.resolve()}
              onDone={onClose}
            />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

const order: readonly CommandGroup[] = ['ticket', 'write', 'call', 'go', 'list', 'app']

function useLines(text: string, onClose: () => void): Line[] {
  const { t } = useTranslation()
  const read = useCommandContext()
  const [asked] = useDebouncedValue(text.trim(), 80)
  const found = useSearch(asked).data
  const context = read()
  const wanted = text.trim().toLocaleLowerCase()
  const own = useMemo(() => {
    const all = commands
      .filter(it => it.id !== 'palette' && it.enabled(context))
      .map(it => ({
        id: it.id,
        label: String(t(it.label)),
        icon: it.icon,
        group: t(`palette.${it.group}`),
        shortcut: it.shortcut,
        rank: order.indexOf(it.group),
        // Another dialog may replace the palette, so close it first.
        run: () => {
          onClose()
          void it.run(read())
        },
      }))
      .sort((a, b) => a.rank - b.rank)
    return ranked(wanted, all, it => it.label)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the context is read when the text changes
  }, [wanted, t])
  if (wanted.length < 2 || found === undefined) return own
  const go = (path: string) => () => {
    onClose()
    context.go(path)
  }
  const hits: Line[] = [
    ...found.tickets.map(it => ({
      id: `t${it.id}`,
      label: `#${it.number} ${it.subject || t('ticket.noSubject')}`,
      highlight: it.highlight,
      icon: 'inbox' as const,
      group: t('search.tickets'),
      run: go(`/inbox/all/${it.id}`),
    })),
    ...found.customers.map(it => ({
      id: `c${it.id}`,
      label: it.name || t('customer.unnamed'),
      highlight: it.highlight,
      icon: 'user' as const,
      group: t('nav.customers'),
      run: go(`/customers/${it.id}`),
    })),
    ...found.messages.slice(0, 4).map((it, at) => ({
      id: `m${it.ticketId}${at}`,
      label: `#${it.number}`,
      highlight: it.highlight,
      icon: 'chat' as const,
      group: t('search.messages'),
      run: go(`/inbox/all/${it.ticketId}`),
    })),
    ...found.articles.map(it => ({
      id: `a${it.id}`,
      label: it.title,
      highlight: it.snippet,
      icon: 'book' as const,
      group: t('nav.knowledge'),
      run: go(`/knowledge/${it.id}`),
    })),
  ]
  return [...own.slice(0, 6), ...hits]
}

function Everything({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const lines = useLines(text, onClose)
  const current = Math.min(at, Math.max(0, lines.length - 1))
  useEffect(() => {
    list.current?.querySelector('[data-on="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((current + 1) % Math.max(1, lines.length))
    else if (event.key === 'ArrowUp') setAt((current + lines.length - 1) % Math.max(1, lines.length))
    else if (event.key === 'Enter') lines[current]?.run()
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={css.top}>
        <Icon name="search" size={18} />
        <input
          data-autofocus
          autoFocus
          value={text}
          placeholder={t('palette.placeholder')}
          aria-label={t('palette.placeholder')}
          role="combobox"
          aria-expanded={lines.length > 0}
          aria-controls={id}
          aria-activedescendant={lines.length > 0 ? `${id}-${current}` : undefined}
          onChange={event => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKey}
        />
      </div>
      <div
        className={css.list}
        role="listbox"
        id={id}
        aria-label={t('command.palette')}
        hidden={lines.length === 0}
        ref={list}
      >
        {lines.map((line, index) => (
          <div key={line.id}>
            {line.group !== lines[index - 1]?.group && (
              <div className={css.group} role="presentation">
                {line.group}
              </div>
            )}
            <div
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === current}
              className={css.line}
              data-on={index === current}
              onMouseMove={() => setAt(index)}
              onClick={() => line.run()}
            >
              <Icon name={line.icon} />
              <span className={css.label}>
                {line.label}
                {line.highlight && (
                  <small>
                    <Highlight text={line.highlight} />
                  </small>
                )}
              </span>
              {line.shortcut !== undefined && <Keys shortcut={line.shortcut} />}
            </div>
          </div>
        ))}
      </div>
      {lines.length === 0 && (
        <div className={css.empty} role="status">
          {t('palette.nothing')}
        </div>
      )}
    </>
  )
}
