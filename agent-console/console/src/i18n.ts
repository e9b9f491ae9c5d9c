import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from '@/locales/en'

export type Language = 'en' | 'zh-CN'
export const languages: readonly Language[] = ['en', 'zh-CN']
const stored = 'switchboard.language'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
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

/** Switches the language; the second catalogue is loaded when it is first asked for. */
export async function setLanguage(language: Language, remember = true): Promise<void> {
  if (language === 'zh-CN' && !i18next.hasResourceBundle('zh-CN', 'translation')) {
    const { zhCN } = await import('@/locales/zh-CN')
    i18next.addResourceBundle('zh-CN', 'translation', zhCN)
  }
  document.documentElement.lang = language // first: dates are written in the language of the page
  await i18next.changeLanguage(language)
  if (remember) localStorage.setItem(stored, language)
}

export function language(): Language {
  return i18next.language === 'zh-CN' ? 'zh-CN' : 'en'
}
