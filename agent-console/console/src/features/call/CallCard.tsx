import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Call } from '@/api-types'
import { callCommands } from '@/commands/call'
import type { Command } from '@/commands/command'
import { useCommandContext } from '@/commands/CommandProvider'
import { Icon } from '@/ui/icons'
import { clock, useNow } from '@/ui/time'
import css from './call.module.css'

/** A call and its actions. */
export function CallCard({ call }: { call: Call }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const now = useNow(1)
  const name = call.customer?.name || call.number || t('customer.unnamed')
  const since = Date.parse(call.answeredAt ?? call.startedAt)
  const dials = call.state === 'active' && call.answeredAt === null
  const shown = callCommands.filter(it => it.enabled(read()))
  return (
    <section
      className={css.bar}
      data-state={call.state}
      aria-label={t('call.label')}
      role={call.state === 'offered' ? 'alert' : undefined}
    >
      <span className={css.icon}>
        <Icon name={call.direction === 'inbound' ? 'callIn' : 'callOut'} />
      </span>
      <div className={css.who}>
        <Link to="/inbox/$view/$ticketId" params={{ view: 'mine', ticketId: call.ticketId }}>
          <strong>{name}</strong>
        </Link>
        {call.customer?.name && call.number && <span className="num">{call.number}</span>}
      </div>
      <span className={css.state}>{t(`call.state.${dials ? 'dialling' : call.state}`)}</span>
      <span className="num" role="timer">
        {clock((now - since) / 1000)}
      </span>
      <div className={css.actions}>
        {shown.map(it => (
          <Verb key={it.id} command={it} />
        ))}
      </div>
    </section>
  )
}

function Verb({ command }: { command: Command }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const color =
    command.id === 'call-accept'
      ? 'teal.8'
      : command.id === 'call-hangup' || command.id === 'call-decline'
        ? 'red.8'
        : undefined
  return (
    <Button
      size="sm"
      variant={color === undefined ? 'default' : 'filled'}
      color={color}
      leftSection={<Icon name={command.icon} />}
      onClick={() => void command.run(read())}
    >
      {t(command.label)}
    </Button>
  )
}
