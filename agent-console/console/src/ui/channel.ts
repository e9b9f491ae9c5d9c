import type { IconName } from './icons'

/** The picture of a channel; an unknown one gets the inbox. */
export function channelIcon(channel: string): IconName {
  switch (channel) {
    case 'email':
      return 'mail'
    case 'sms':
      return 'sms'
    case 'chat':
      return 'chat'
    case 'phone':
      return 'phone'
    case 'form':
      return 'form'
    case 'note':
      return 'note'
    default:
      return 'inbox'
  }
}
