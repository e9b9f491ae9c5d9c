import { lazy, Suspense } from 'react'
import { withWords } from '@/i18n'
import { useWorkbench } from '@/workbench/Workbench'

const Palette = lazy(() => withWords(import('@/features/palette/Palette')).then(it => ({ default: it.Palette })))
const ShortcutSheet = lazy(() =>
  withWords(import('@/features/palette/ShortcutSheet')).then(it => ({ default: it.ShortcutSheet })),
)
const Outbound = lazy(() => withWords(import('@/features/composer/Outbound')).then(it => ({ default: it.Outbound })))
const MergeCustomers = lazy(() =>
  withWords(import('@/features/customer/MergeCustomers')).then(it => ({ default: it.MergeCustomers })),
)
const TicketDialogs = lazy(() =>
  withWords(import('@/features/thread/TicketDialogs')).then(it => ({ default: it.TicketDialogs })),
)

/** The one dialog that is open, if any. */
export function Dialogs() {
  const { dialog, close } = useWorkbench()
  if (dialog === null) return null
  const onClose = () => close(dialog)
  switch (dialog.kind) {
    case 'palette':
      return (
        <Suspense>
          <Palette key={dialog.command ?? ''} command={dialog.command} onClose={onClose} />
        </Suspense>
      )
    case 'shortcuts':
      return (
        <Suspense>
          <ShortcutSheet onClose={onClose} />
        </Suspense>
      )
    case 'outbound':
      return (
        <Suspense>
          <Outbound
            channel={dialog.channel}
            customer={dialog.customer}
            ticketId={dialog.ticketId}
            onClose={onClose}
          />
        </Suspense>
      )
    case 'mergeCustomer':
      return (
        <Suspense>
          <MergeCustomers customerId={dialog.customerId} suggested={dialog.suggested} onClose={onClose} />
        </Suspense>
      )
    default:
      return (
        <Suspense>
          <TicketDialogs dialog={dialog} onClose={onClose} />
        </Suspense>
      )
  }
}
