import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { setLanguage, startLanguage, withWords } from '@/i18n'

describe('U24 the words of later screens', () => {
  beforeAll(async () => {
    localStorage.setItem('switchboard.language', 'en')
    await startLanguage()
  })
  it('are not there with the first screen, and are with the second', async () => {
    expect(i18next.exists('composer.send')).toBe(false)
    expect(await withWords(Promise.resolve('screen'))).toBe('screen')
    expect(i18next.t('composer.send')).toBe('Send')
    expect(i18next.t('action.retry')).toBe('Try again')
  })
  it('come along when the language is changed', async () => {
    await setLanguage('zh-CN')
    expect(i18next.t('composer.send')).toBe('发送')
    expect(i18next.t('action.save')).toBe('保存')
    await setLanguage('en')
    expect(i18next.t('composer.send')).toBe('Send')
  })
})
