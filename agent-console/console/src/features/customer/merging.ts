import type { Customer, Suggestion } from '@/api-types'

type Weighed = Pick<Customer, 'name' | 'provisional' | 'identities' | 'ticketCount' | 'createdAt'>

/** The better record to keep: named, with a verified address, more conversations, older. */
export function likelyStays<C extends Weighed>(one: C, other: C): C {
  const weights = (it: C) => [
    it.provisional ? 0 : 1,
    it.name === '' ? 0 : 1,
    it.identities.some(identity => identity.verified) ? 1 : 0,
    it.ticketCount,
    -Date.parse(it.createdAt),
  ]
  const theirs = weights(other)
  const at = weights(one).findIndex((weight, index) => weight !== theirs[index])
  return at < 0 || (weights(one)[at] ?? 0) > (theirs[at] ?? 0) ? one : other
}

const reasons = [
  'unproven-sender',
  'unverified-address',
  'shared-line',
  'same-address',
  'claimed',
  'proven-elsewhere',
] as const

/** Why the server suggests this pair, as far as the console has text for it. */
export function reasonOf({ reason }: Suggestion): (typeof reasons)[number] | undefined {
  return reasons.find(it => it === reason)
}

const profile = ['company', 'notes', 'attributes', 'segments'] as const

/** The parts of a profile that no longer show once this customer is merged into another. */
export function hiddenBy(customer: Customer): (typeof profile)[number][] {
  return profile.filter(it => {
    const value = customer[it]
    return typeof value === 'string' ? value.trim() !== '' : Object.keys(value).length > 0
  })
}
