import { lazy, Suspense } from 'react'
import { Palette } from '@/features/palette/Palette'
import { ShortcutSheet } from '@/features/palette/ShortcutSheet'
import { useWorkbench } from '@/workbench/Workbench'

const Outbound = lazy(() => import('@/features/outbound/Outbound').then(it => ({ default: it.Outbound })))
const TicketDialogs = lazy(() =>
  import('@/features/thread/TicketDialogs').then(it => ({ default: it.TicketDialogs })),
)

/** The one dialog that is open, if any. */
export function Dialogs() {
  const { dialog, close } = useWorkbench()
  if (dialog === null) return null
  const onClose = () => close(dialog)
  switch (dialog.kind) {
    case 'palette':
      return <Palette key={dialog.command ?? ''} command={dialog.command} onClose={onClose} />
    case 'shortcuts':
      return <ShortcutSheet onClose={onClose} />
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
    default:
      return (
        <Suspense>
          <TicketDialogs dialog={dialog} onClose={onClose} />
        </Suspense>
      )
  }
}
