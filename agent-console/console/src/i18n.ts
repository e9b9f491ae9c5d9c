import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from '@/locales/en'
import type { enMore } from '@/locales/en-more'

export type Language = 'en' | 'zh-CN'
export const languages: readonly Language[] = ['en', 'zh-CN']
const stored = 'switchboard.language'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en & typeof enMore }
    enableSelector: false
  }
}

export function firstLanguage(): Language {
  const saved = localStorage.getItem(stored)
  if (saved === 'en' || saved === 'zh-CN') return saved
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await setLanguage(firstLanguage(), false)
}

/** Whether a screen was opened that needs more than the first screen's text. */
let beyondFirst = false
const bundles: Record<Language, { words?: () => Promise<object>; more: () => Promise<object> }> = {
  en: { more: () => import('@/locales/en-more').then(it => it.enMore) },
  'zh-CN': {
    words: () => import('@/locales/zh-CN').then(it => it.zhCN),
    more: () => import('@/locales/zh-CN-more').then(it => it.zhMore),
  },
}
const fetched = new Map<() => Promise<object>, Promise<void>>()

/** Fetches on first use, and again after a failure. */
function fetchWords(to: Language, words: (() => Promise<object>) | undefined): Promise<void> {
  if (words === undefined) return Promise.resolve()
  const before = fetched.get(words)
  if (before !== undefined) return before
  const now = words().then(found => void i18next.addResourceBundle(to, 'translation', found, true))
  fetched.set(words, now)
  now.catch(() => fetched.delete(words))
  return now
}

/** Loads a screen together with its text. */
export async function withWords<Screen>(screen: Promise<Screen>): Promise<Screen> {
  beyondFirst = true
  const [found] = await Promise.all([screen, fetchWords(language(), bundles[language()].more)])
  return found
}

/** Switches the language; the second catalogue is loaded when it is first asked for. */
export async function setLanguage(language: Language, remember = true): Promise<void> {
  const { words, more } = bundles[language]
  await Promise.all([fetchWords(language, words), beyondFirst ? fetchWords(language, more) : undefined])
  document.documentElement.lang = language // first: dates are written in the language of the page
  await i18next.changeLanguage(language)
  if (remember) localStorage.setItem(stored, language)
}

export function language(): Language {
  return i18next.language === 'zh-CN' ? 'zh-CN' : 'en'
}
