import { beforeEach, describe, expect, it } from 'vitest'
import type { Customer, Ticket } from '@/api-types'
import { optedOut, replyChannels, smsParts, unreachable } from '@/features/composer/channels'
import { triggerIn } from '@/features/composer/editor'
import { mentionsIn, plainText, promisesFile } from '@/features/composer/text'
import { emptyDraft, hasDraft, isBlank, readDraft, textToHtml, writeDraft } from '@/server/drafts'

describe('a draft', () => {
  beforeEach(() => localStorage.clear())
  it('survives a reload', () => {
    writeDraft('t1', { ...emptyDraft, reply: '<p>half a sentence</p>', cc: ['a@b.c'] })
    expect(readDraft('t1')).toMatchObject({ reply: '<p>half a sentence</p>', cc: ['a@b.c'] })
    expect(hasDraft('t1')).toBe(true)
  })
  it('is forgotten when nothing is left of it', () => {
    writeDraft('t1', { ...emptyDraft, reply: '<p>x</p>' })
    writeDraft('t1', { ...emptyDraft, reply: '<p></p>' })
    expect(hasDraft('t1')).toBe(false)
  })
  it('is empty when what was stored cannot be read', () => {
    localStorage.setItem('switchboard.draft.t1', '{broken')
    expect(readDraft('t1')).toEqual(emptyDraft)
  })
  it('is not blank when it holds only a mention', () => {
    expect(isBlank('<p><br></p>')).toBe(true)
    expect(isBlank('<p><span data-mention="a1">@Ana</span></p>')).toBe(false)
  })
})

describe('the words of a reply', () => {
  it('keep paragraphs, lists and the address of links', () => {
    const html =
      '<p>Hello</p><ul><li><p>one</p></li><li><p>two</p></li></ul><p>See <a href="https://x.test/a">this</a></p>'
    expect(plainText(html)).toBe('Hello\n\n- one\n- two\n\nSee this (https://x.test/a)')
  })
  it('keep line breaks', () => expect(plainText('<p>a<br>b</p><p>c</p>', '\n')).toBe('a\nb\nc'))
  it('come back from text without becoming markup', () => {
    expect(textToHtml('a <b> & c\n\nd')).toBe('<p>a &lt;b&gt; &amp; c</p><p>d</p>')
    expect(plainText(textToHtml('a <b> & c\n\nd'))).toBe('a <b> & c\n\nd')
  })
  it('name each mentioned colleague once', () => {
    expect(mentionsIn('<p><span data-mention="a1">@A</span> <span data-mention="a1">@A</span></p>')).toEqual([
      'a1',
    ])
  })
  it('promise a file only in what we write ourselves', () => {
    expect(promisesFile('The invoice is attached.')).toBe(true)
    expect(promisesFile('请看附件')).toBe(true)
    expect(promisesFile('> it is attached\nThanks')).toBe(false)
  })
})

describe('the signs in the editor', () => {
  it('open at the start of a word', () => {
    expect(triggerIn('Hello /ref', 10, 'reply')).toEqual({ sign: '/', query: 'ref', from: 6, to: 10 })
    expect(triggerIn('and/or', 6, 'reply')).toBeNull()
  })
  it('offer colleagues in notes only', () => {
    expect(triggerIn('@li', 3, 'note')?.query).toBe('li')
    expect(triggerIn('@li', 3, 'reply')).toBeNull()
  })
  it('leave a lone question mark alone', () => expect(triggerIn('really ?', 8, 'reply')).toBeNull())
})

describe('a customer without any address', () => {
  it('is said to have none, until one is typed or found', () => {
    expect(unreachable([], undefined)).toBe(true)
    expect(unreachable([], [])).toBe(true)
    expect(unreachable([], ['a@b.test'])).toBe(false)
    expect(unreachable([{}], undefined)).toBe(false)
    expect(unreachable(undefined, undefined)).toBe(false)
  })
})

describe('the channels of an answer', () => {
  const ticket = (channel: Ticket['channel'], last?: string) =>
    ({ channel, status: 'open', chatEndedAt: null, lastMessage: { channel: last ?? '' } }) as unknown as Ticket
  const customer = (...kinds: string[]) =>
    ({ identities: kinds.map(kind => ({ kind })) }) as unknown as Customer
  it('begin with the one that was used last', () => {
    expect(replyChannels(ticket('email', 'sms'), customer('email', 'phone'))).toEqual(['sms', 'email'])
  })
  it('answer a call by text message and a form by mail', () => {
    expect(replyChannels(ticket('phone'), customer('phone'))[0]).toBe('sms')
    expect(replyChannels(ticket('form'), customer('email'))).toEqual(['email'])
  })
  it('leave a chat that was ended, as long as there is another way', () => {
    const ended = { ...ticket('chat', 'chat'), chatEndedAt: '2026-03-04T10:00:00Z' }
    expect(replyChannels(ticket('chat', 'chat'), customer('email'))).toEqual(['chat', 'email'])
    expect(replyChannels(ended, customer('email'))).toEqual(['email'])
    expect(replyChannels(ended, customer('chat'))).toEqual(['chat'])
  })
  it('know beforehand who has asked not to be written to, on that line only', () => {
    const quiet = {
      identities: [{ kind: 'phone', value: '+1555' }],
      optOuts: [{ channel: 'sms', address: '+1555', ourAddress: '+1500' }],
    } as unknown as Customer
    const on = (ourAddress: string) => ({ ...ticket('sms', 'sms'), ourAddress })
    expect(optedOut(on('+1500'), quiet, 'sms', ['+1555'])?.address).toBe('+1555')
    expect(optedOut(on('+1600'), quiet, 'sms', ['+1555'])).toBeUndefined()
    expect(optedOut(ticket('email', 'email'), quiet, 'sms', ['+1555'])?.address).toBe('+1555')
    expect(optedOut(on('+1500'), quiet, 'sms', ['+1777'])).toBeUndefined()
    expect(optedOut(on('+1500'), quiet, 'sms', undefined)).toBeUndefined()
    expect(optedOut(on('+1500'), quiet, 'email', ['a@b.c'])).toBeUndefined()
  })
  it('count text messages as carriers do', () => {
    expect(smsParts('x'.repeat(160))).toBe(1)
    expect(smsParts('x'.repeat(161))).toBe(2)
    expect(smsParts('好'.repeat(70))).toBe(1)
    expect(smsParts('好'.repeat(71))).toBe(2)
  })
})
