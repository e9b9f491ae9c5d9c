import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '@/api-types'
import { assign } from '@/commands/assign'
import { callCustomer } from '@/commands/call-customer'
import { changeAll } from '@/commands/change'
import { CommandButton, CommandItem } from '@/commands/CommandButton'
import { useCommandContext } from '@/commands/CommandProvider'
import { copyLink } from '@/commands/copy-link'
import { endChat } from '@/commands/end-chat'
import { forward } from '@/commands/forward'
import { merge } from '@/commands/merge'
import { pending } from '@/commands/pending'
import { priority } from '@/commands/priority'
import { reopen } from '@/commands/reopen'
import { snooze } from '@/commands/snooze'
import { solve } from '@/commands/solve'
import { solveNext } from '@/commands/solve-next'
import { tags } from '@/commands/tags'
import { team } from '@/commands/team'
import { back } from '@/commands/move'
import { useMe } from '@/server/people'
import { useViewers } from '@/server/tickets'
import { callWords } from '@/ui/call-words'
import { Avatar } from '@/ui/Avatar'
import { Icon } from '@/ui/icons'
import { Keys } from '@/ui/Keys'
import css from './thread.module.css'

export function ThreadHeader({ ticket, onPanel }: { ticket: Ticket; onPanel(): void }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const me = useMe()
  const viewers = useViewers(ticket.id).filter(it => it.id !== me.id)
  const main = ticket.status === 'solved' ? reopen : solve
  return (
    <header className={css.header}>
      <ActionIcon
        className={css.back}
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('command.back')}
        onClick={() => void back.run(read())}
      >
        <Icon name="back" size={20} />
      </ActionIcon>
      <Subject key={ticket.id} ticket={ticket} />
      <span className={css.number}>#{ticket.number}</span>
      {viewers.map(it => (
        <span key={it.id} className={css.viewer} data-typing={it.state === 'typing'} role="status">
          <Avatar
            name={it.name}
            size={22}
            title={t(it.state === 'typing' ? 'presence.typing' : 'presence.viewing', { name: it.name })}
          />
        </span>
      ))}
      <div className={css.tools} role="toolbar" aria-label={t('thread.tools')}>
        <span className={css.wideTools}>
          <CommandButton command={assign} />
          <CommandButton command={snooze} />
          <CommandButton command={tags} />
        </span>
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('thread.more')}>
              <Icon name="dots" size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {[solveNext, pending, assign, snooze, team, priority, tags].map(it => (
              <CommandItem key={it.id} command={it} />
            ))}
            <Menu.Divider />
            {[forward, merge, callCustomer, endChat, copyLink].map(it => (
              <CommandItem key={it.id} command={it} />
            ))}
          </Menu.Dropdown>
        </Menu>
        <Tooltip
          label={
            <>
              {t(main.label)} <Keys shortcut="e" />
            </>
          }
        >
          <Button
            variant="default"
            leftSection={<Icon name={main.icon} />}
            onClick={() => void main.run(read())}
          >
            {t(main.label)}
          </Button>
        </Tooltip>
        <Tooltip
          label={
            <>
              {t('command.togglePanel')} <Keys shortcut="]" />
            </>
          }
        >
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t('command.togglePanel')}
            onClick={onPanel}
          >
            <Icon name="panel" size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  )
}

function Subject({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const [text, setText] = useState<string | null>(null)
  const save = () => {
    const fresh = text?.trim() ?? ''
    setText(null)
    if (fresh !== '' && fresh !== ticket.subject) {
      void changeAll(read(), t('said.renamed'), () => ({ subject: fresh }), [ticket])
    }
  }
  if (text === null) {
    return (
      <h1 className={css.subject} dir="auto">
        <button type="button" title={t('thread.rename')} onClick={() => setText(ticket.subject)}>
          {callWords(ticket.subject, t) || t('ticket.noSubject')}
        </button>
      </h1>
    )
  }
  return (
    <TextInput
      className={css.rename}
      size="xs"
      value={text}
      aria-label={t('thread.rename')}
      autoFocus
      onBlur={save}
      onChange={event => setText(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setText(null)
      }}
    />
  )
}
