import { useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api'
import type { Ticket } from '@/api-types'
import { Button } from '@mantine/core'
import { newTicket } from '@/commands/new-ticket'
import { CommandButton } from '@/commands/CommandButton'
import { useTicketList, type TicketFilters } from '@/server/tickets'
import { Roving } from '@/ui/Roving'
import { EmptyState, ErrorState, Waiting } from '@/ui/State'
import { useRows } from '@/ui/useRows'
import { useWorkbench } from '@/workbench/Workbench'
import { BulkBar } from './BulkBar'
import { hold } from './hold'
import css from './inbox.module.css'
import { ListHeader } from './ListHeader'
import { useTeamView } from './team'
import { TicketRow } from './TicketRow'

const rowHeight = 76

export function TicketList({ view, ticketId }: { view: string; ticketId: string | undefined }) {
  const { t } = useTranslation()
  const { panel, ...filters } = useSearch({ from: '/inside/inbox/$view' })
  void panel // a matter of the pane beside, not of the list
  const list = useTicketList(view, filters)
  const { order, selected, select } = useWorkbench()
  const scroll = useRef<HTMLDivElement>(null)
  const tickets = useMemo(
    () => new Map(list.data?.pages.flatMap(page => page.items).map(it => [it.id, it])),
    [list.data],
  )
  const { shown, waiting, release, pointer } = useHeld(tickets, `${view}${JSON.stringify(filters)}`, scroll)
  order.current = shown
  const { rows, height, reveal } = useRows(scroll, shown.length, rowHeight)
  const last = rows.at(-1) ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= shown.length - 12) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, shown.length])
  useEffect(() => {
    const at = ticketId === undefined ? -1 : order.current.indexOf(ticketId)
    if (at >= 0) reveal(at)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when another ticket is opened
  }, [ticketId])

  const toggle = (id: string, range: boolean) => {
    const chosen = new Set(selected)
    const anchor = shown.findIndex(it => selected.has(it))
    const at = shown.indexOf(id)
    if (range && anchor >= 0)
      shown.slice(Math.min(anchor, at), Math.max(anchor, at) + 1).forEach(it => chosen.add(it))
    else if (!chosen.delete(id)) chosen.add(id)
    select(chosen)
  }
  return (
    <>
      <ListHeader
        view={view}
        filters={filters}
        shown={list.isPending ? null : shown.length}
        more={hasNextPage}
      />
      <div className={css.scroll} ref={scroll} {...pointer} tabIndex={-1}>
        {list.isPending ? (
          <Waiting lines={9} height={16} />
        ) : list.error instanceof ApiError && list.error.code === 'search-operator' ? (
          <EmptyState icon="filter" title={t('list.noMatch')} text={t('list.wrongOperator')} />
        ) : list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : shown.length === 0 ? (
          <Nothing view={view} filters={filters} />
        ) : (
          <Roving className={css.rows} role="list" items="a" height={height}>
            {rows.map(row => {
              const ticket = tickets.get(shown[row] ?? '')
              return (
                ticket !== undefined && (
                  <div
                    key={ticket.id}
                    role="listitem"
                    className={css.slot}
                    style={{ transform: `translateY(${row * rowHeight}px)` }}
                  >
                    <TicketRow
                      ticket={ticket}
                      view={view}
                      open={ticket.id === ticketId}
                      ticked={selected.has(ticket.id)}
                      onTick={range => toggle(ticket.id, range)}
                    />
                  </div>
                )
              )
            })}
          </Roving>
        )}
      </div>
      {waiting > 0 && (
        <Button className={css.pill} radius="xl" size="compact-sm" onClick={release}>
          {t('list.fresh', { count: waiting })}
        </Button>
      )}
      {selected.size > 0 && (
        <BulkBar count={selected.size} onAll={() => select(shown)} onNone={() => select([])} />
      )}
    </>
  )
}

/** Holds the order while somebody reads: scrolled away from the top, or the pointer over the rows. */
function useHeld(tickets: Map<string, Ticket>, name: string, scroll: React.RefObject<HTMLDivElement | null>) {
  const over = useRef(false)
  const [held, setHeld] = useState<{ name: string; ids: string[] }>({ name, ids: [] })
  const fresh = [...tickets.keys()]
  const reading = over.current || (scroll.current?.scrollTop ?? 0) > 40
  const keep = reading && held.name === name && held.ids.length > 0
  const { shown, waiting } = keep ? hold(held.ids, fresh) : { shown: fresh, waiting: 0 }
  useEffect(() => {
    if (shown.length !== held.ids.length || held.name !== name || shown.some((id, at) => id !== held.ids[at])) {
      setHeld({ name, ids: shown })
    }
  }, [shown, held, name])
  const release = () => {
    over.current = false
    scroll.current?.scrollTo({ top: 0 })
    setHeld({ name, ids: [] })
  }
  return {
    shown,
    waiting,
    release,
    pointer: {
      onPointerEnter: () => {
        over.current = true
      },
      onPointerLeave: () => {
        over.current = false
      },
    },
  }
}

function Nothing({ view, filters }: { view: string; filters: TicketFilters }) {
  const { t } = useTranslation()
  const team = useTeamView(view, filters)
  const filtered = Object.entries(filters).some(([name, value]) => name !== 'sort' && value)
  if (team !== undefined)
    return (
      <EmptyState icon="team" title={t('desk.teamEmpty', { name: team.name })} text={t('desk.teamEmptyText')} />
    )
  if (filtered) return <EmptyState icon="filter" title={t('list.noMatch')} text={t('list.noMatchText')} />
  if (view === 'mine')
    return <EmptyState icon="checkCircle" title={t('list.allDone')} text={t('list.allDoneText')} />
  return (
    <EmptyState icon="inbox" title={t('list.empty')} text={t('list.emptyText')}>
      <CommandButton command={newTicket} labelled />
    </EmptyState>
  )
}
