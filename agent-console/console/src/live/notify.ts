import type { TFunction } from 'i18next'
import type { Change } from './frames'

/** The count in the title and the dot on the icon. */
export function showUnread(count: number): void {
  document.title = count > 0 ? `(${count}) Switchboard` : 'Switchboard'
  const icon = document.querySelector<HTMLLinkElement>('#favicon')
  if (icon !== null)
    icon.href = icon.href.replace(/favicon(-unread)?\.svg/, count > 0 ? 'favicon-unread.svg' : 'favicon.svg')
}

/** A desktop notification, only when nobody looks at this page and it was allowed. A call announces itself always. */
export function announce(change: Change, t: TFunction, go: (path: string) => void): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const call = change.call
  if (document.visibilityState === 'visible' && call === undefined) return
  const title =
    call === undefined
      ? change.item?.actor.name || change.ticket?.customer.name || t('customer.unnamed')
      : t('call.incoming')
  const body =
    call === undefined
      ? (change.item?.visibleText || change.item?.text || change.ticket?.subject || '').slice(0, 140)
      : call.customer?.name || call.number
  const shown = new Notification(title, {
    body,
    tag: change.ticketId ?? call?.id,
    icon: '/console/favicon.svg',
  })
  shown.onclick = () => {
    window.focus()
    const ticketId = change.ticketId ?? call?.ticketId
    if (ticketId) go(`/inbox/mine/${ticketId}`)
    shown.close()
  }
}

export function askToNotify(): Promise<NotificationPermission> {
  return 'Notification' in window ? Notification.requestPermission() : Promise.resolve('denied')
}
