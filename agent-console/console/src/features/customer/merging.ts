import type { Customer } from '@/api-types'

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
