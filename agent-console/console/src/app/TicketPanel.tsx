import '@/styles/mantine-more'
import { Drawer, SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CustomerPanel } from '@/features/customer/CustomerPanel'
import { CustomerTimeline } from '@/features/customer/CustomerTimeline'
import { RoutingPanel } from '@/features/routing/RoutingPanel'
import { TicketFacts } from '@/features/thread/TicketFacts'
import { useTicket } from '@/server/tickets'
import { Waiting } from '@/ui/State'
import css from './shell.module.css'

/** The same panel as a drawer, for when there is no room beside the thread. */
export function PanelDrawer({
  ticketId,
  opened,
  onClose,
}: {
  ticketId: string
  opened: boolean
  onClose(): void
}) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(360px, 92vw)"
      title={t('panel.label')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      styles={{ body: { padding: 0 } }}
    >
      <Panel ticketId={ticketId} />
    </Drawer>
  )
}

type Tab = 'details' | 'timeline' | 'routing'
const tabs: readonly Tab[] = ['details', 'timeline', 'routing']

/** Beside a thread: the customer, the history, and why the ticket is here. */
export function Panel({ ticketId }: { ticketId: string }) {
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
