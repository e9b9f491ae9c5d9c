import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { refusal, suggestions, wordsOf } from '@/features/search/operators'
import { setLanguage, startLanguage, withWords } from '@/i18n'

const known = { tags: ['refund', 'late parcel'], agents: ['Mei Chen', 'Ana Ruiz'], teams: ['Returns'] }
const offered = (text: string) => suggestions(text, known, i18next.t)
const texts = (text: string) => offered(text).map(it => it.text)

describe('U14 operators while a search is typed', () => {
  beforeAll(async () => {
    localStorage.setItem('switchboard.language', 'en')
    await startLanguage()
    await withWords(Promise.resolve())
  })
  it('are offered by the beginning of their names, with what they want', () => {
    expect(offered('').map(it => it.label)).toEqual(['status:', 'channel:', 'from:', 'tag:', 'assignee:', 'team:'])
    expect(offered('buckle st')).toEqual([
      { label: 'status:', detail: 'open, pending, snoozed, solved', text: 'buckle status:' },
    ])
    expect(texts('-t')).toEqual(['-tag:', '-team:'])
    expect(texts('buckle')).toEqual([])
  })
  it('are followed by their values, quoted where they have blanks', () => {
    expect(texts('status:')).toEqual(['status:open ', 'status:pending ', 'status:snoozed ', 'status:solved '])
    expect(texts('lamp status:so')).toEqual(['lamp status:solved '])
    expect(texts('tag:"late p')).toEqual(['tag:"late parcel" '])
    expect(texts('assignee:chen')).toEqual(['assignee:"Mei Chen" '])
    expect(texts('team:')).toEqual(['team:none ', 'team:Returns '])
    expect(texts('-channel:e')).toEqual(['-channel:email '])
  })
  it('are not offered for what is complete or no operator', () => {
    for (const text of ['status:open', 're:', 'https://x', '12:30', '"late par', 'from:mia'])
      expect(texts(text), text).toEqual([])
  })
  it('have Chinese names and values too', async () => {
    await setLanguage('zh-CN')
    expect(texts('退款 状')).toEqual(['退款 状态:'])
    expect(offered('状态:未')).toEqual([{ label: '状态:未结', text: '状态:open ' }])
    expect(texts('状态：')).toHaveLength(4)
    expect(texts('负责人:')[0]).toBe('负责人:我 ')
    expect(refusal({ operator: 'status', value: '开着', allowed: ['open', 'solved'] }, i18next.t)).toBe(
      '没有“开着”这个状态。 可选：未结或已解决。',
    )
    await setLanguage('en')
  })
  it('say which value cannot be', () => {
    const refused = { operator: 'status', value: 'foo', allowed: ['open', 'pending', 'snoozed', 'solved'] }
    expect(refusal(refused, i18next.t)).toBe(
      'There is no status “foo”. Choose Open, Pending, Snoozed, or Solved.',
    )
    expect(refusal({ operator: 'team', value: 'x', allowed: [] }, i18next.t)).toBe('There is no team “x”.')
    expect(refusal({ operator: 'from', value: '', allowed: [] }, i18next.t)).toBe('from: needs a value.')
  })
  it('are not marked in what was found', () => {
    expect(wordsOf('helmet status:open "paid twice"').replace(/\s+/g, ' ')).toBe('helmet paid twice')
    expect(wordsOf('12:30 re: x')).toBe('12:30 re: x')
  })
})
