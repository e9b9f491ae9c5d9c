import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { diffLines } from '@/features/knowledge/diff'
import { KnowledgePage } from '@/features/knowledge/KnowledgePage'
import { picturesIn, withAlt, withPicture } from '@/features/knowledge/pictures'
import { setLanguage } from '@/i18n'
import { stage, startEnglish } from './stage'

const article = (id: string, locale: string, title: string) => ({
  id,
  articleId: 'pair',
  slug: id,
  locale,
  categoryId: 'c1',
  title,
  summary: '',
  body: `The text of ${id}`,
  keywords: [],
  status: 'draft' as const,
  unpublishedChanges: true,
  position: 1,
  updatedAt: '2026-03-01T00:00:00Z',
  publishedAt: null,
  version: 2,
  url: '',
  helpful: 0,
  notHelpful: 0,
})
const revisions = [
  { id: 'r2', number: 2, title: 'Lost', authorId: 'a1', createdAt: '2026-03-02T00:00:00Z', published: false },
  { id: 'r1', number: 1, title: 'Lost', authorId: null, createdAt: '2026-03-01T00:00:00Z', published: true },
]
const bodies: Record<string, string> = { r1: 'first\nsame', r2: 'second\nsame' }

let articles: ReturnType<typeof article>[]
let asked: string[]
let refused: string | null

function server(url: string, method: string, body: unknown): unknown {
  const [, id = '', verb = ''] = /\/articles\/(\w+)\/?([^?]*)/.exec(url) ?? []
  if (method !== 'GET') asked.push(`${method} ${url} ${typeof body === 'string' ? body : 'file'}`)
  if (url.endsWith('/pictures')) return { url: '/help/pictures/abc.png', type: 'image/png', sizeBytes: 3 }
  if (url.endsWith('/articles') && method === 'POST') {
    const made = { ...article('fresh', 'zh-CN', ''), ...(JSON.parse(String(body)) as object) }
    articles.push(made)
    return made
  }
  if (verb === 'translations') return { items: articles, next: null }
  if (verb === 'revisions') return { items: revisions, next: null }
  if (verb.endsWith('restore')) return { ...articles[0], body: 'first\nsame', version: 3 }
  if (verb.startsWith('revisions/')) {
    const revision = verb.slice('revisions/'.length)
    const found = revisions.find(it => it.id === revision)
    return { ...found, translationId: id, slug: '', summary: '', body: bodies[revision] }
  }
  if (url.includes('/agents')) return { items: [{ id: 'a1', name: 'Ann Lee' }], next: null }
  if (id !== '') return articles.find(it => it.id === id)
  return { items: url.includes('/articles') ? articles : [], next: null }
}

let root: Root | undefined
beforeAll(async () => {
  // The test's browser has no fonts; a textarea that grows waits for them.
  const fonts = { addEventListener: () => undefined, removeEventListener: () => undefined }
  Object.defineProperty(document, 'fonts', { value: fonts, configurable: true })
  await startEnglish()
})
beforeEach(() => {
  articles = [article('one', 'en', 'Lost')]
  asked = []
  refused = null
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    Promise.resolve(
      refused !== null && init?.method === 'POST'
        ? new Response(JSON.stringify({ code: refused, detail: 'in the words of the server' }), { status: 400 })
        : new Response(JSON.stringify(server(url, init?.method ?? 'GET', init?.body)), {
            headers: { 'Content-Type': 'application/json' },
          }),
    ),
  )
})
afterEach(() => {
  root?.unmount()
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

function open(id: string) {
  window.history.pushState({}, '', `/console/knowledge/${id}`)
  const top = createRootRoute({ component: Outlet })
  const inside = createRoute({ getParentRoute: () => top, id: 'inside', component: Outlet })
  const knowledge = createRoute({
    getParentRoute: () => inside,
    path: '/knowledge',
    component: KnowledgePage,
    validateSearch: (search: Record<string, unknown>) => search,
  })
  const one = createRoute({ getParentRoute: () => knowledge, path: '$articleId', component: Outlet })
  const tree = top.addChildren([inside.addChildren([knowledge.addChildren([one])])])
  const router = createRouter({ routeTree: tree, basepath: '/console' })
  root = stage(router)
}
const named = <E extends Element = HTMLButtonElement>(label: string, tag = 'button') =>
  vi.waitFor(() => {
    const found = [...document.querySelectorAll(tag)].find(
      it => it.getAttribute('aria-label') === label || it.textContent === label,
    )
    if (found === undefined) throw new Error(`no ${tag} ${label}: ${document.body.textContent}`)
    return found as unknown as E
  })
const text = () => named<HTMLTextAreaElement>('Text, in Markdown', 'textarea')
function type(field: HTMLInputElement | HTMLTextAreaElement, words: string) {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, words)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
async function paste(...files: File[]) {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, { clipboardData: { files } })
  ;(await text()).dispatchEvent(event)
  return event
}
const png = (bytes = 3) => new File([new Uint8Array(bytes)], 'door.png', { type: 'image/png' })

describe('U25 paired translations', () => {
  it('one click starts the translation, with the original text, and saves it as the pair', async () => {
    open('one')
    ;(await named('Translate to 简体中文')).click()
    await vi.waitFor(() => expect(document.body.textContent).toContain('A translation of “Lost” to 简体中文'))
    expect((await text()).value).toBe('The text of one')
    type(await named<HTMLInputElement>('Title', 'input'), '丢失')
    ;(await named('Save')).click()
    await vi.waitFor(() => expect(location.pathname).toBe('/console/knowledge/fresh'))
    expect(JSON.parse(asked[0]?.replace(/^\S+ \S+ /, '') ?? '')).toMatchObject({
      articleId: 'pair',
      locale: 'zh-CN',
      title: '丢失',
    })
    expect(location.search).toBe('')
  })
  it('one click opens the translation that is there', async () => {
    articles.push(article('two', 'zh-CN', '丢失'))
    open('one')
    ;(await named('Open 简体中文 Draft')).click()
    await vi.waitFor(() => expect(location.pathname).toBe('/console/knowledge/two'))
    expect((await text()).value).toBe('The text of two')
  })
})

describe('U25 pictures', () => {
  it('a pasted picture stands in the text, and its description is asked for', async () => {
    open('one')
    const event = await paste(png())
    expect(event.defaultPrevented).toBe(true)
    await vi.waitFor(async () => expect((await text()).value).toBe('The text of one\n\n![](/help/pictures/abc.png)'))
    const alt = await vi.waitFor(() => {
      const found = document.querySelector<HTMLInputElement>('[data-url] input')
      if (found === null) throw new Error('no field')
      return found
    })
    await vi.waitFor(() => expect(document.activeElement).toBe(alt))
    type(alt, 'A red door')
    await vi.waitFor(async () => expect((await text()).value).toContain('![A red door](/help/pictures/abc.png)'))
  })
  it('names what is no picture or too large, without sending it', async () => {
    open('one')
    await paste(new File(['x'], 'door.svg', { type: 'image/svg+xml' }), png(5 * 1024 * 1024 + 1))
    await vi.waitFor(() => {
      expect(document.body.textContent).toContain('door.svg is not a PNG')
      expect(document.body.textContent).toContain('door.png is larger than 5 MB.')
    })
    expect(asked).toEqual([])
  })
  it('says in its own words what the server refuses', async () => {
    refused = 'picture-type'
    open('one')
    await paste(png())
    await vi.waitFor(() => expect(document.body.textContent).toContain('The file is not a PNG'))
  })
  it('leaves pasted text alone', async () => {
    open('one')
    expect((await paste()).defaultPrevented).toBe(false)
  })
})

describe('U25 history', () => {
  it('shows who saved what and when, compares, and restores as a new version', async () => {
    open('one')
    ;(await named('History')).click()
    await vi.waitFor(() => expect(document.querySelector('[role=dialog]')?.textContent).toContain('Ann Lee'))
    await vi.waitFor(() => expect(document.querySelector('del')?.textContent).toBe('first'))
    expect(document.querySelector('ins')?.textContent).toBe('second')
    ;(await named('Restore version 1')).click()
    await vi.waitFor(() => expect(document.body.textContent).toContain('Version 1 is back as a new draft'))
    expect(asked).toEqual(['POST /api/v1/articles/one/revisions/r1/restore {"version":2}'])
  })
  it('does not restore over what is written and not saved', async () => {
    open('one')
    type(await text(), 'being written')
    ;(await named('History')).click()
    expect((await named('Restore version 1')).disabled).toBe(true)
    expect(document.body.textContent).toContain('Save your changes first')
  })
  it('is there in Chinese', async () => {
    await setLanguage('zh-CN')
    open('one')
    await named('历史')
    await named('图片')
    await setLanguage('en')
  })
})

describe('U25 the text of pictures', () => {
  it.each([
    ['', 0, '![](/u)'],
    ['one', 3, 'one\n\n![](/u)'],
    ['one\ntwo', 1, 'one\n\n![](/u)\n\ntwo'],
    ['one\n\n', 5, 'one\n\n![](/u)'],
    ['one', Infinity, 'one\n\n![](/u)'],
  ])('goes below the line with the cursor: %j', (body, cursor, expected) =>
    expect(withPicture(body, cursor, '/u')).toBe(expected),
  )
  it('is described without breaking its Markdown', () => {
    const body = '![a](/help/pictures/1.png) and ![](/help/pictures/2.png)'
    expect(picturesIn(body).map(it => it.alt)).toEqual(['a', ''])
    expect(withAlt(body, 1, 'b]c\nd')).toBe('![a](/help/pictures/1.png) and ![b c d](/help/pictures/2.png)')
  })
})

describe('U25 differences', () => {
  const marks = { same: ' ', added: '+', removed: '-' }
  const shown = (a: string, b: string) => diffLines(a, b).map(it => marks[it.kind] + it.text)
  it.each([
    ['a', 'a', [' a']],
    ['a\nb\nc', 'a\nc', [' a', '-b', ' c']],
    ['a\nc', 'a\nb\nc', [' a', '+b', ' c']],
    ['a\nb', 'b\na', ['-a', ' b', '+a']],
    ['x', 'y', ['-x', '+y']],
  ])('%j and %j', (a, b, expected) => expect(shown(a, b)).toEqual(expected))
  it('always give both texts back, also beyond what is compared line by line', () => {
    const long = (word: string) => Array.from({ length: 2_500 }, (_, at) => `${word}${at % 7}${word}${at}`)
    const [a, b] = [long('a'), [...long('b'), 'end']]
    const lines = diffLines(a.join('\n'), b.join('\n'))
    expect(lines.filter(it => it.kind !== 'added').map(it => it.text)).toEqual(a)
    expect(lines.filter(it => it.kind !== 'removed').map(it => it.text)).toEqual(b)
  })
})
