import type { ChannelName } from '@/api-types'
import type { IconName } from './icons'

const names: readonly ChannelName[] = ['email', 'sms', 'chat', 'phone', 'form']

/** The channel, if it is one that the console has a word for; a newer server may have more. */
export function knownChannel(channel: string): ChannelName | undefined {
  return names.find(it => it === channel)
}

/** The word for a channel; what has none is called a message. */
export function channelLabel(channel: string): `channel.${ChannelName | 'other'}` {
  const known = knownChannel(channel)
  return known === undefined ? 'channel.other' : `channel.${known}`
}

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
