import { ActionIcon, Menu, Pill, Popover, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ViewName } from '@/api-types'
import { CommandButton } from '@/commands/CommandButton'
import { newTicket } from '@/commands/new-ticket'
import { useAgents, useTeams } from '@/server/people'
import { useViews, usualSort, type TicketFilters } from '@/server/tickets'
import { Icon } from '@/ui/icons'
import { Roving } from '@/ui/Roving'
import css from './inbox.module.css'
import { total, useTeamView } from './team'

const sorts = ['waiting', 'newest', 'updated', 'priority'] as const
const statuses = ['open', 'pending', 'snoozed', 'solved'] as const
const channels = ['email', 'sms', 'chat', 'phone', 'form'] as const
export const views: readonly ViewName[] = [
  'mine',
  'unassigned',
  'mentions',
  'open',
  'pending',
  'snoozed',
  'solved',
  'all',
  'chats',
  'calls',
]

interface HeaderProps {
  view: string
  filters: TicketFilters
  /** The number found so far; null before the first result. */
  shown: number | null
  more: boolean
}

export function ListHeader({ view, filters, shown, more }: HeaderProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const counts = useViews().data
  const teams = useTeams().data ?? []
  const agents = useAgents().data ?? []
  const known = views.find(it => it === view)
  const set = (change: TicketFilters) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, ...change }),
      replace: true,
    })
  const sort = sorts.find(it => it === filters.sort) ?? usualSort(view)
  const chips = [
    ['status', filters.status && t(`ticketStatus.${filters.status as 'open'}`)],
    ['channel', filters.channel && t(`channel.${filters.channel as 'email'}`)],
    ['team', filters.team && (teams.find(it => it.id === filters.team)?.name ?? t('filter.team'))],
    [
      'assignee',
      filters.assignee && (agents.find(it => it.id === filters.assignee)?.name ?? t('filter.assignee')),
    ],
    ['tag', filters.tag],
    ['q', filters.q && `“${filters.q}”`],
  ] as const
  const team = useTeamView(view, filters)
  const all = chips.filter(([, label]) => label)
  const active = team === undefined ? all : []
  return (
    <header className={css.header}>
      <Roving className={css.top} role="toolbar" keys="horizontal" label={t('list.label')} items="button">
        <Menu width={220} position="bottom-start">
          <Menu.Target>
            <button type="button" className={css.title}>
              <h1>{team?.name ?? (known === undefined ? view : t(`view.${known}`))}</h1>
              <span className={css.total}>
                {total(counts?.find(it => it.view === view)?.count, all.length > 0, shown, more)}
              </span>
              <Icon name="chevronDown" size={14} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {views.map(it => (
              <Menu.Item
                key={it}
                component={Link}
                to={`/inbox/${it}`}
                rightSection={
                  <span className={css.total}>
                    {counts?.find(one => one.view === it)?.count.toLocaleString()}
                  </span>
                }
              >
                {t(`view.${it}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <CommandButton command={newTicket} />
        <Popover position="bottom-end" width={230} trapFocus returnFocus>
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color={active.length > 0 ? 'accent' : 'gray'}
              size={32}
              aria-label={t('filter.label')}
            >
              <Icon name="filter" size={17} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown className={css.filters} aria-label={t('filter.label')}>
            <TextInput
              key={filters.q}
              size="xs"
              m={4}
              data-autofocus
              placeholder={t('filter.text')}
              aria-label={t('filter.text')}
              defaultValue={filters.q}
              onKeyDown={event => {
                if (event.key === 'Enter') set({ q: event.currentTarget.value || undefined })
                event.stopPropagation()
              }}
            />
            <Options
              label={t('filter.channel')}
              value={filters.channel}
              onPick={channel => set({ channel })}
              options={channels.map(value => ({ value, label: t(`channel.${value}`) }))}
            />
            <Options
              label={t('filter.status')}
              value={filters.status}
              onPick={status => set({ status })}
              options={statuses.map(value => ({ value, label: t(`ticketStatus.${value}`) }))}
            />
            <Options
              label={t('filter.team')}
              value={filters.team}
              onPick={team => set({ team })}
              options={teams.map(it => ({ value: it.id, label: it.name }))}
            />
            <Options
              label={t('filter.assignee')}
              value={filters.assignee}
              onPick={assignee => set({ assignee })}
              options={agents.filter(it => it.active).map(it => ({ value: it.id, label: it.name }))}
            />
          </Popover.Dropdown>
        </Popover>
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('sort.label', { name: t(`sort.${sort}`) })}
            >
              <Icon name="sort" size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {sorts.map(it => (
              <Menu.Item
                key={it}
                onClick={() => set({ sort: it === usualSort(view) ? undefined : it })}
                rightSection={it === sort ? <Icon name="check" /> : undefined}
              >
                {t(`sort.${it}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Roving>
      {active.length > 0 && (
        <div className={css.chips}>
          {active.map(([name, label]) => (
            <Pill
              key={name}
              withRemoveButton
              onRemove={() => set({ [name]: undefined })}
              removeButtonProps={{
                'aria-label': t('filter.remove', { name: String(label) }),
                'aria-hidden': false,
                tabIndex: 0,
              }}
            >
              {label}
            </Pill>
          ))}
        </div>
      )}
    </header>
  )
}

function Options({
  label,
  options,
  value,
  onPick,
}: {
  label: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  onPick(value: string | undefined): void
}) {
  if (options.length === 0) return null
  return (
    <div role="group" aria-label={label}>
      <div className={css.filterName} aria-hidden>
        {label}
      </div>
      {options.map(it => (
        <button
          key={it.value}
          type="button"
          className={css.filter}
          aria-pressed={it.value === value}
          onClick={() => onPick(it.value === value ? undefined : it.value)}
        >
          <span>{it.label}</span>
          {it.value === value && <Icon name="check" />}
        </button>
      ))}
    </div>
  )
}
