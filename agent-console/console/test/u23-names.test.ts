import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.tsx'))
  .map(name => [name, readFileSync(join('src', name), 'utf8')] as const)

describe('U23', () => {
  it('every dialog has a name', () => {
    for (const [name, text] of sources) {
      for (const [tag] of text.matchAll(/<(?:Modal|Drawer)\s[^]*?\n\s*>/g)) expect(tag, name).toContain('title=')
      for (const [tag] of text.matchAll(/<Modal\.Content[^>]*>/g)) expect(tag, name).toContain('aria-label=')
    }
  })
  it('every page has a heading of the first level', () => {
    for (const page of [
      'inbox/ListHeader',
      'customer/CustomerList',
      'knowledge/KnowledgePage',
      'search/SearchPage',
      'settings/SettingsPage',
      'session/SessionPages',
    ])
      expect(sources.find(([name]) => name.endsWith(`${page}.tsx`))?.[1], page).toContain('<h1')
  })
})
