import type { Customer, OptOut, Ticket } from '@/api-types'

export type ReplyChannel = 'email' | 'sms' | 'chat'

/** The channels on which this customer can be answered, the natural one first. */
export function replyChannels(ticket: Ticket, customer: Customer | undefined): ReplyChannel[] {
  const has = (kind: string) => customer?.identities.some(it => it.kind === kind) ?? false
  const possible = new Set<ReplyChannel>()
  const natural = naturalChannel(ticket.lastMessage.channel || ticket.channel)
  const chatting = ticket.channel === 'chat' && ticket.status !== 'solved' && ticket.chatEndedAt === null
  if (natural !== null && (natural !== 'chat' || chatting)) possible.add(natural)
  if (chatting) possible.add('chat')
  if (has('email') || ticket.channel === 'email' || ticket.channel === 'form') possible.add('email')
  if (has('phone') || ticket.channel === 'sms' || ticket.channel === 'phone') possible.add('sms')
  // An ended chat with somebody who left no address: what is written is there when they come back.
  if (possible.size === 0 && ticket.channel === 'chat') possible.add('chat')
  return [...possible]
}

/** Texts and chats carry no files. */
export const carriesFiles = (channel: ReplyChannel) => channel === 'email'

/** The address that would be written to but has asked not to be, on the line that the ticket uses. */
export function optedOut(
  ticket: Ticket,
  customer: Customer | undefined,
  channel: ReplyChannel,
  to: readonly string[] | undefined,
): OptOut | undefined {
  return customer?.optOuts.find(
    it =>
      it.channel === channel &&
      (to ?? []).includes(it.address) &&
      (ticket.channel !== channel || it.ourAddress === ticket.ourAddress),
  )
}

/** True when there is no address to write to, and none has been typed. */
export const unreachable = (lines: readonly unknown[] | undefined, typed: readonly string[] | undefined) =>
  lines?.length === 0 && (typed ?? []).length === 0

function naturalChannel(channel: string): ReplyChannel | null {
  switch (channel) {
    case 'email':
    case 'form':
      return 'email'
    case 'sms':
    case 'phone':
      return 'sms'
    case 'chat':
      return 'chat'
    default:
      return null
  }
}

/** How many text messages it makes (3GPP TS 23.038): 160 characters, 153 in each of several; 70 and 67 beyond GSM-7. */
export function smsParts(text: string): number {
  const plain = /^[\u0020-\u007e\n\r£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€]*$/.test(text)
  const [one, many] = plain ? [160, 153] : [70, 67]
  return text.length <= one ? 1 : Math.ceil(text.length / many)
}
