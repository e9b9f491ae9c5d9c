import { MantineProvider } from '@mantine/core'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Appointment, Attachment, TimelineItem } from '@/api-types'
import { told } from '@/timeline/appointment/when'
import { ItemView } from '@/timeline/ItemView'
import { startEnglish } from './stage'

const when = (rest: Partial<Appointment['when']>): Appointment['when'] => ({
  start: '',
  startsAt: null,
  end: '',
  endsAt: null,
  zone: '',
  repeats: false,
  ...rest,
})
const tokyo = when({
  start: '2026-03-10T08:00',
  startsAt: '2026-03-09T23:00:00Z',
  end: '2026-03-10T09:30',
  endsAt: '2026-03-10T00:30:00Z',
  zone: 'Asia/Tokyo',
})
const plain = (text: string | undefined) => text?.replace(/[\u2009\u202f\u00a0]/g, ' ')

describe('M36 when an appointment is', () => {
  it('is told in the zone of its reader, and by the clock of its sender beside it', () => {
    const here = told(tokyo, 'en', 'Europe/Berlin')
    expect(plain(here?.text)).toMatch(/10 March 2026|March 10, 2026/)
    expect(plain(here?.text)).toMatch(/00:00 – 01:30$/)
    expect(plain(here?.theirs?.time)).toBe('08:00 – 09:30')
    expect(here?.theirs?.zone).toBe('Asia/Tokyo')
    expect(plain(told(tokyo, 'en', 'America/New_York')?.text)).toMatch(/Mar(ch)? 9.*19:00 – 20:30/)
    expect(told(tokyo, 'en', 'Asia/Tokyo')?.theirs).toBeNull()
    expect(told(tokyo, 'zh-CN', 'Asia/Shanghai')?.text).toContain('2026年3月10日')
  })
  it('is the same day everywhere when it lasts whole days', () => {
    const one = told(when({ start: '2026-03-10', end: '2026-03-10' }), 'en', 'Pacific/Honolulu')
    expect(one?.text).toMatch(/10/)
    expect(one?.text).not.toMatch(/9|:|–/)
    expect(one?.kind).toBe('days')
    expect(told(when({ start: '2026-03-10', end: '2026-03-12' }), 'en')?.text).toMatch(/10.*–.*12/)
  })
  it('is the time as written where no zone is named', () => {
    const floating = told(when({ start: '2026-03-10T10:00', end: '2026-03-10T11:00' }), 'en', 'Asia/Tokyo')
    expect(plain(floating?.text)).toMatch(/10:00 – 11:00/)
    expect(floating?.kind).toBe('floating')
  })
  it('says nothing wrong of what is no date, and harms nothing', () => {
    expect(told(when({}), 'en')).toBeNull()
    expect(told(when({ start: '9999-99-99', end: 'x' }), 'en')?.text).toBe('9999-99-99')
    expect(told({ ...tokyo, startsAt: 'never', start: 'soonT' }, 'en')?.text).toBe('soon ')
    expect(plain(told({ ...tokyo, end: tokyo.start, endsAt: tokyo.startsAt }, 'en', 'UTC')?.text)).toMatch(/23:00$/)
  })
})

describe('M36 the card of an appointment', () => {
  let root: Root | undefined
  beforeAll(startEnglish)
  afterEach(() => root?.unmount())

  const file: Attachment = {
    id: 'f', name: 'invite.ics', type: 'text/calendar', sizeBytes: 9, contentId: '', url: '/blob/f',
  }
  function shown(rest: Partial<Appointment>, text = 'Please come.') {
    const appointment: Appointment = {
      kind: 'invitation', summary: 'Fitting', when: tokyo, place: 'Bench 4', organiser: 'Tove <tove@t.test>', uid: '1',
      alone: false, later: null, ...rest,
    }
    const item: TimelineItem = {
      seq: 1, id: 'i', at: '2026-03-01T10:00:00Z', sentAt: null, channel: 'email', direction: 'inbound',
      kind: 'message', ticketId: 't', ticketNumber: 1, actor: { type: 'customer', id: null, name: 'Tove' }, text,
      visibleText: text, foldedText: '', signature: '', contentUrl: null, subject: '', from: '', to: [], cc: [],
      bcc: [], status: null, statusDetail: '', undoUntil: null, attachments: [file], why: null, call: null,
      event: null, flags: ['appointment'], auth: null, appointment, visit: null,
    }
    const host = document.body.appendChild(document.createElement('div'))
    const made = createRoot(host)
    root = made
    flushSync(() =>
      made.render(
        <MantineProvider>
          <ItemView item={item} />
        </MantineProvider>,
      ),
    )
    return host
  }

  it('tells what it is, when, where, by whom, and gives the file', () => {
    const host = shown({})
    const card = host.querySelector('section')
    for (const fact of ['Invitation', 'Fitting', 'Bench 4', 'Tove <tove@t.test>', '2026']) {
      expect(card?.textContent).toContain(fact)
    }
    const link = card?.querySelector<HTMLAnchorElement>('a[download]')
    expect(link?.getAttribute('href')).toBe('/blob/f')
    expect(link?.download).toBe('invite.ics')
    expect(host.querySelectorAll('a[download]')).toHaveLength(1)
    expect(host.textContent).toContain('Please come.')
  })
  it('does not say the same facts again where the mail has no other words', () => {
    const host = shown({ alone: true }, 'Appointment · 日程: Fitting')
    expect(host.textContent).not.toContain('日程: Fitting')
  })
  it('says what became of it, and what its answer was', () => {
    expect(shown({ later: 'cancelled' }).textContent).toContain('A later mail cancels this appointment.')
    expect(shown({ kind: 'declined' }).textContent).toContain('Invitation declined')
  })
  it('shows markup in its fields as text', () => {
    const host = shown({ summary: '<img src=x onerror=alert(1)>', place: '<script>1</script>', organiser: '<b>o</b>' })
    expect(host.querySelector('section img, section script, section b')).toBeNull()
    expect(host.textContent).toContain('<img src=x onerror=alert(1)>')
  })
})
