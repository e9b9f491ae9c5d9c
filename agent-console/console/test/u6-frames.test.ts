import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  foldAbove,
  foldedHeight,
  frameHeight,
  frameHeightMax,
  frameHeightMin,
  isTall,
} from '@/timeline/frame-height'
import { MailFrame } from '@/timeline/MailFrame'
import { startEnglish } from './stage'

beforeAll(startEnglish)

describe('U6: a height said from inside a mail', () => {
  it('is taken as it is, in whole pixels', () => {
    expect(frameHeight({ mailHeight: 168 })).toBe(168)
    expect(frameHeight({ mailHeight: 411.2 })).toBe(412)
  })
  it('stays in its bounds', () => {
    expect(frameHeight({ mailHeight: 1e9 })).toBe(frameHeightMax)
    expect(frameHeight({ mailHeight: 0 })).toBe(frameHeightMin)
  })
  it('is nothing when it is no height', () => {
    const others = [null, undefined, 168, '168', {}, [], { mailHeight: '168' }, { mailHeight: NaN }]
    for (const other of [...others, { mailHeight: Infinity }, { mailHeight: -1 }, { mailHeight: { valueOf: () => 9 } }])
      expect(frameHeight(other)).toBeNull()
  })
})

describe('U6: a mail that is as high as a part of its frame', () => {
  it('comes to rest, folded or not', () => {
    for (const part of [0.5, 0.9, 1, 1.05, 1.2, 1.4, 3]) {
      let tall = false
      let frame = 720
      const seen: number[] = []
      for (let round = 0; round < 60; round++) {
        const said = frameHeight({ mailHeight: frame * part }) ?? 0
        tall = isTall(tall, said)
        frame = tall ? foldedHeight : said
        seen.push(frame)
      }
      expect(new Set(seen.slice(-10)).size, `${part} of its frame`).toBe(1)
    }
  })
})

function shown() {
  const box = document.createElement('div')
  document.body.append(box)
  const words = createElement('p', null, 'Words')
  const props = { url: '/content/signed', ours: false, title: 'Mail', children: words }
  flushSync(() => createRoot(box).render(createElement(MailFrame, props)))
  const frame = box.querySelector('iframe')
  if (frame === null) throw new Error('no frame')
  // The test DOM loads no pages, so give the frame a window.
  Object.defineProperty(frame, 'contentWindow', { value: { name: 'inside' } })
  return frame
}

const say = (source: Window | null, mailHeight: number) =>
  flushSync(() => window.dispatchEvent(new MessageEvent('message', { data: { mailHeight }, source })))

describe('U6: a tall mail', () => {
  const button = (frame: Element) => frame.parentElement?.parentElement?.querySelector('button') ?? null
  const press = (frame: Element) => flushSync(() => button(frame)?.click())

  it('is folded until its reader asks for all of it, and folds again', async () => {
    const frame = shown()
    await new Promise(done => setTimeout(done, 20))
    say(frame.contentWindow, 9999)
    expect(frame.getAttribute('height')).toBe(String(foldedHeight))
    expect(button(frame)?.textContent).toBe('Show all')
    expect(button(frame)?.getAttribute('aria-expanded')).toBe('false')
    press(frame)
    expect(frame.getAttribute('height')).toBe(String(frameHeightMax))
    expect(button(frame)?.textContent).toBe('Show less')
    expect(button(frame)?.getAttribute('aria-expanded')).toBe('true')
    press(frame)
    expect(frame.getAttribute('height')).toBe(String(foldedHeight))
  })
  it('is one above the bound: a shorter one is shown whole, without a button', async () => {
    const frame = shown()
    await new Promise(done => setTimeout(done, 20))
    say(frame.contentWindow, foldAbove)
    expect(frame.getAttribute('height')).toBe(String(foldAbove))
    expect(button(frame)).toBeNull()
  })
  it('stays open while it grows, as when its pictures arrive', async () => {
    const frame = shown()
    await new Promise(done => setTimeout(done, 20))
    say(frame.contentWindow, 1500)
    press(frame)
    say(frame.contentWindow, 1900)
    expect(frame.getAttribute('height')).toBe('1900')
  })
})

describe('U6: the frame of a mail', () => {
  it('has the height that its own document says, and no other', async () => {
    const [one, other] = [shown(), shown()]
    await new Promise(done => setTimeout(done, 20))
    const before = other.getAttribute('height')
    say(one.contentWindow, 432)
    expect(one.getAttribute('height')).toBe('432')
    expect(other.getAttribute('height')).toBe(before)
    say(window, 900)
    say(null, 900)
    expect(one.getAttribute('height')).toBe('432')
  })
  it('asks for the measured document and gives it no origin', () => {
    const frame = shown()
    expect(frame.getAttribute('src')).toMatch(/^\/content\/signed\?measure#.+/)
    expect(frame.getAttribute('sandbox')).toBe('allow-scripts allow-popups allow-popups-to-escape-sandbox')
  })
})
