import { describe, expect, it } from 'vitest'
import { en } from '@/locales/en'
import { enMore } from '@/locales/en-more'
import { zhCN } from '@/locales/zh-CN'
import { zhMore } from '@/locales/zh-CN-more'

function flat(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] =>
    typeof inner === 'string' ? [[path + name, inner]] : flat(inner as object, `${path}${name}.`),
  )
}
const english = new Map([...flat(en), ...flat(enMore)].filter(([name]) => !name.endsWith('_one')))
const chinese = new Map([...flat(zhCN), ...flat(zhMore)])
const holes = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(it => it[1]).sort()

describe('the catalogues', () => {
  it('say the same things', () => expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort()))
  it('fill the same words in', () => {
    for (const [name, text] of english) {
      const missing = holes(chinese.get(name) ?? '').filter(it => !holes(text).includes(it))
      expect(missing, name).toEqual([])
    }
  })
  it('leave nothing empty', () => {
    for (const [name, text] of [...english, ...chinese]) expect(text.trim(), name).not.toBe('')
  })
})
