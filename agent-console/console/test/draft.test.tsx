import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDraft } from '@/features/composer/useDraft'
import { readDraft } from '@/server/drafts'

type Held = ReturnType<typeof useDraft>

/** A page with one composer on it, and what its draft is. */
function page() {
  const held: { current: Held | null } = { current: null }
  function Probe({ ticketId }: { ticketId: string }) {
    held.current = useDraft(ticketId)
    return null
  }
  const root = createRoot(document.createElement('div'))
  const show = (ticketId: string, key = ticketId) => {
    flushSync(() => root.render(createElement(Probe, { ticketId, key })))
    if (held.current === null) throw new Error('nothing was rendered')
    return held.current
  }
  return show
}

describe('the draft of the open ticket', () => {
  beforeEach(() => localStorage.clear())
  it('is kept before the page is drawn again, so that a reload loses no key press', () => {
    const show = page()
    const { change } = show('t1')
    change({ reply: '<p>a</p>' })
    expect(readDraft('t1').reply).toBe('<p>a</p>')
    change(old => ({ reply: old.reply.replace('a', 'ab') }))
    expect(readDraft('t1').reply).toBe('<p>ab</p>')
  })
  it('takes a late change of a ticket that is no longer open, and leaves the open one alone', () => {
    const show = page()
    const first = show('t1')
    first.change({ reply: '<p>sent</p>' })
    const second = show('t2')
    second.change({ reply: '<p>mine</p>' })
    first.change({ reply: '' })
    expect(readDraft('t1').reply).toBe('')
    expect(show('t2').draft.reply).toBe('<p>mine</p>')
  })
  it('hands a late change to the composer that its ticket has by then, and has the words drawn anew', () => {
    const show = page()
    const gone = show('t1', 'first')
    gone.change({ reply: '<p>sent</p>' })
    show('t1', 'second').change({ note: '<p>since</p>' })
    gone.change({ reply: '' })
    const now = show('t1', 'second')
    expect([now.draft.reply, now.draft.note, now.told]).toEqual(['', '<p>since</p>', 1])
  })
})
