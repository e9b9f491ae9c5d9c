import { useMediaQuery } from '@mantine/hooks'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { views } from '@/features/inbox/ListHeader'
import { TicketList } from '@/features/inbox/TicketList'
import { withWords } from '@/i18n'
import { EmptyState, Waiting } from '@/ui/State'
import { useWorkbench } from '@/workbench/Workbench'
import { NotFound } from './NotFound'
import css from './shell.module.css'
import { ViewsNav } from './ViewsNav'

// Loads the code of the ticket pane with the first ticket, and fetches it while the agent reads the list.
const openTicket = () => withWords(import('@/features/thread/Thread'))
const Thread = lazy(() => openTicket().then(it => ({ default: it.Thread })))
const panel = () => withWords(import('./TicketPanel'))
const Panel = lazy(() => panel().then(it => ({ default: it.Panel })))
const PanelDrawer = lazy(() => panel().then(it => ({ default: it.PanelDrawer })))
const writing = () => withWords(import('@/features/composer/Composer'))
const Composer = lazy(() => writing().then(it => ({ default: it.Composer })))

export function InboxPage() {
  const { t } = useTranslation()
  const { view, ticketId } = useParams({ strict: false })
  const { panes, togglePane } = useWorkbench()
  const wide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false })
  const [drawer, setDrawer] = useState(false)
  const showPanel = ticketId !== undefined && panes.panel && wide
  if (view !== undefined && !views.some(it => it === view)) return <NotFound />
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
          <Suspense fallback={<Waiting lines={8} />}>
            <Thread
              ticketId={ticketId}
              onPanel={() => (wide ? togglePane('panel') : setDrawer(true))}
              composer={ticket => (
                <Suspense fallback={<div className={css.composer} />}>
                  <Composer key={ticket.id} ticket={ticket} />
                </Suspense>
              )}
            />
          </Suspense>
        )}
      </section>
      {showPanel && (
        <aside className={css.panel} aria-label={t('panel.label')}>
          <Suspense fallback={<Waiting lines={6} />}>
            <Panel ticketId={ticketId} />
          </Suspense>
        </aside>
      )}
      {!wide && ticketId !== undefined && (
        <Suspense>
          <PanelDrawer ticketId={ticketId} opened={drawer} onClose={() => setDrawer(false)} />
        </Suspense>
      )}
    </div>
  )
}
