import { Drawer, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerPanel } from '@/features/customer/CustomerPanel'
import { CustomerTimeline } from '@/features/customer/CustomerTimeline'
import { TicketList } from '@/features/inbox/TicketList'
import { RoutingPanel } from '@/features/routing/RoutingPanel'
import { Thread } from '@/features/thread/Thread'
import { TicketFacts } from '@/features/thread/TicketFacts'
import { useTicket } from '@/server/tickets'
import { EmptyState, Waiting } from '@/ui/State'
import { useWorkbench } from '@/workbench/Workbench'
import css from './shell.module.css'
import { ViewsNav } from './ViewsNav'

const Composer = lazy(() => import('@/features/composer/Composer').then(it => ({ default: it.Composer })))

export function InboxPage() {
  const { t } = useTranslation()
  const { view, ticketId } = useParams({ strict: false })
  const { panes, togglePane } = useWorkbench()
  const wide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false })
  const [drawer, setDrawer] = useState(false)
  const showPanel = ticketId !== undefined && panes.panel && wide
  return (
    <div
      className={css.work}
      data-nav={panes.nav && wide}
      data-panel={showPanel}
      data-open={ticketId !== undefined}
    >
      {panes.nav && wide && <ViewsNav />}
      <section className={css.list} aria-label={t('list.label')}>
        <TicketList view={view ?? 'mine'} ticketId={ticketId} />
      </section>
      <section className={css.thread} aria-label={t('thread.label')}>
        {ticketId === undefined ? (
          <EmptyState icon="inbox" title={t('thread.none')} text={t('thread.noneText')} />
        ) : (
          <Thread
            ticketId={ticketId}
            onPanel={() => (wide ? togglePane('panel') : setDrawer(true))}
            composer={ticket => (
              <Suspense fallback={<div className={css.composer} />}>
                <Composer key={ticket.id} ticket={ticket} />
              </Suspense>
            )}
          />
        )}
      </section>
      {showPanel && (
        <aside className={css.panel} aria-label={t('panel.label')}>
          <Panel ticketId={ticketId} />
        </aside>
      )}
      {!wide && ticketId !== undefined && (
        <Drawer
          opened={drawer}
          onClose={() => setDrawer(false)}
          position="right"
          size="min(360px, 92vw)"
          title={t('panel.label')}
          closeButtonProps={{ 'aria-label': t('action.close') }}
          styles={{ body: { padding: 0 } }}
        >
          <Panel ticketId={ticketId} />
        </Drawer>
      )}
    </div>
  )
}

type Tab = 'details' | 'timeline' | 'routing'
const tabs: readonly Tab[] = ['details', 'timeline', 'routing']

function Panel({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation()
  const { panel } = useSearch({ from: '/inside/inbox/$view' })
  const navigate = useNavigate()
  const { data: ticket, isError } = useTicket(ticketId)
  const tab = tabs.find(it => it === panel) ?? 'details'
  const choose = (value: string) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, panel: value === 'details' ? undefined : value }),
      replace: true,
    })
  if (ticket === undefined && isError) return null
  return (
    <>
      <div className={css.panelTabs}>
        <SegmentedControl
          fullWidth
          size="xs"
          value={tab}
          onChange={choose}
          aria-label={t('panel.label')}
          data={tabs.map(value => ({ value, label: t(`panel.${value}`) }))}
        />
      </div>
      {ticket === undefined ? (
        <Waiting lines={6} />
      ) : tab === 'routing' ? (
        <RoutingPanel ticketId={ticketId} />
      ) : tab === 'timeline' ? (
        <CustomerTimeline customerId={ticket.customerId} compact />
      ) : (
        <CustomerPanel customerId={ticket.customerId} currentTicket={ticketId}>
          <TicketFacts ticket={ticket} />
        </CustomerPanel>
      )}
    </>
  )
}
