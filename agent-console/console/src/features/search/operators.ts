import type { TFunction } from 'i18next'
import { language } from '@/i18n'

/** What may stand after an operator, as the reader writes it. */
export interface Known {
  tags: readonly string[]
  agents: readonly string[]
  teams: readonly string[]
}

export interface Suggestion {
  /** What is shown, and what the text becomes. */
  label: string
  detail?: string
  text: string
}

const operators = ['status', 'channel', 'from', 'tag', 'assignee', 'team'] as const
type Operator = (typeof operators)[number]
const statuses = ['open', 'pending', 'snoozed', 'solved'] as const
const channels = ['email', 'sms', 'chat', 'phone', 'form'] as const
const suggestionsMax = 8

const quoted = (value: string) => (/[\s,、]/.test(value) ? `"${value}"` : value)

/** The operators and values that go on with the last word of a search; none while a phrase is written. */
export function suggestions(text: string, known: Known, t: TFunction): Suggestion[] {
  const typed = /(?:^|\s)(-?)((?:[^\s"“”:：]+[:：])?(?:"[^"]*)?[^\s"]*)$/u.exec(text)
  if (typed === null) return []
  const [, not = '', word = ''] = typed
  const before = text.slice(0, text.length - word.length)
  const [, name, written] = /^([^:：]*)[:：]"?(.*)$/u.exec(word) ?? []
  if (name === undefined) return word === '' && not === '' && text !== '' ? [] : names(word, before, t)
  const operator = operators.find(it => same(it, name) || same(t(`search.operator.${it}`), name))
  if (operator === undefined) return []
  return values(operator, known, t)
    .filter(it => starts(it.value, written ?? '') || starts(it.label, written ?? ''))
    .filter(it => !same(it.value, written ?? ''))
    .slice(0, suggestionsMax)
    .map(it => ({
      label: `${t(`search.operator.${operator}`)}:${it.label}`,
      text: `${before}${name}:${quoted(it.value)} `,
    }))
}

function names(word: string, before: string, t: TFunction): Suggestion[] {
  return operators
    .filter(it => starts(it, word) || starts(t(`search.operator.${it}`), word))
    .map(it => ({
      label: `${t(`search.operator.${it}`)}:`,
      detail: t(`search.operatorFor.${it}`),
      text: `${before}${t(`search.operator.${it}`)}:`,
    }))
}

/** The values of an operator: the word that the search reads, and what the reader calls it. */
function values(operator: Operator, known: Known, t: TFunction): { value: string; label: string }[] {
  const plain = (names: readonly string[]) => names.map(it => ({ value: it, label: it }))
  switch (operator) {
    case 'status':
      return statuses.map(value => ({ value, label: t(`ticketStatus.${value}`) }))
    case 'channel':
      return channels.map(value => ({ value, label: t(`channel.${value}`) }))
    case 'tag':
      return plain(known.tags)
    case 'assignee':
      return plain([t('search.me'), t('search.nobody'), ...known.agents])
    case 'team':
      return plain([t('search.nobody'), ...known.teams])
    case 'from':
      return []
  }
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()
const same = (a: string, b: string) => fold(a) === fold(b)
const starts = (label: string, typed: string) =>
  fold(label)
    .split(/\s+/)
    .some(word => word.startsWith(fold(typed))) || fold(label).startsWith(fold(typed))

/** Why an operator's value cannot be, in the reader's words. */
export function refusal(
  refused: { operator: string; value: string; allowed: readonly string[] },
  t: TFunction,
): string {
  const operator = operators.find(it => it === refused.operator) ?? 'status'
  const name = t(`search.operator.${operator}`)
  const why =
    refused.value === ''
      ? t('search.refusedEmpty', { operator: name })
      : t('search.refused', { operator: name, value: refused.value })
  const allowed = values(operator, { tags: [], agents: [], teams: [] }, t)
    .filter(it => refused.allowed.includes(it.value))
    .map(it => it.label)
  if (allowed.length === 0) return why
  const either = new Intl.ListFormat(language(), { type: 'disjunction' })
  return `${why} ${t('search.allowed', { names: either.format(allowed) })}`
}

const every =
  'status|channel|from|customer|tags?|assignee|agent|team|状态|渠道|来自|客户|标签|负责人|团队'
const named = new RegExp(`(^|\\s)-?(?:${every})[:：]\\s?(?:["“][^"”]*["”]?|\\S+)`, 'giu')

/** The words to mark in what was found: without the operators. */
export function wordsOf(text: string): string {
  return text.replace(named, '$1').replace(/["“”]/g, '')
}
