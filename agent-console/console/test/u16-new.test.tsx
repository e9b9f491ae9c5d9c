import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { filled } from '@/features/composer/macroWords'
import { startLanguage } from '@/i18n'
import { addressesIn, addressIn } from '@/ui/addresses'
import { Who } from '@/ui/Who'

const people = [
  { id: 'c1', name: 'Sofia Marin', identities: [{ kind: 'email', value: 'sofia@shop.example' }] },
  { id: 'c2', name: 'Sofie Lund', identities: [{ kind: 'email', value: 'lund@shop.example' }] },
]

describe('U16 whom a new conversation goes to', () => {
  let root: Root | undefined
  const submitted = vi.fn()
  beforeAll(async () => {
    localStorage.setItem('switchboard.language', 'en')
    await startLanguage()
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        new Response(JSON.stringify({ items: people, next: null }), {
          headers: { 'Content-Type': 'application/json' },
        }),
      ),
    )
  })
  afterEach(() => {
    root?.unmount()
    submitted.mockClear()
  })

  function Form({ complete, picked }: { complete: boolean; picked: (id: string) => void }) {
    const [typed, setTyped] = useState('')
    const [who, setWho] = useState<string | null>(null)
    return (
      <form onSubmit={submitted}>
        <Who
          label="To"
          typed={typed}
          who={who}
          required
          complete={complete}
          onType={setTyped}
          onPick={(id, name) => {
            picked(id)
            setWho(id)
            setTyped(name)
          }}
        />
      </form>
    )
  }
  function show(complete: boolean) {
    const host = document.body.appendChild(document.createElement('div'))
    const picked = vi.fn()
    const made = createRoot(host)
    root = made
    flushSync(() =>
      made.render(
        <MantineProvider>
          <QueryClientProvider client={new QueryClient()}>
            <Form complete={complete} picked={picked} />
          </QueryClientProvider>
        </MantineProvider>,
      ),
    )
    const input = host.querySelector('input')
    if (input === null) throw new Error('no field')
    const type = (text: string) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      flushSync(() => input.dispatchEvent(new Event('input', { bubbles: true })))
    }
    const press = (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      flushSync(() => input.dispatchEvent(event))
      return event.defaultPrevented
    }
    const options = () => host.querySelectorAll('[role="option"]').length
    return { picked, type, press, options }
  }

  it('is the customer found, when Enter is pressed', async () => {
    const { picked, type, press, options } = show(false)
    type('sof')
    await vi.waitFor(() => expect(options()).toBe(2))
    expect(press('Enter')).toBe(true)
    expect(picked).toHaveBeenCalledWith('c1')
    expect(submitted).not.toHaveBeenCalled()
  })
  it('is the one that the arrows went to', async () => {
    const { picked, type, press, options } = show(false)
    type('sof')
    await vi.waitFor(() => expect(options()).toBe(2))
    press('ArrowDown')
    press('Enter')
    expect(picked).toHaveBeenCalledWith('c2')
  })
  it('is the first one found also when Enter was faster than the answer', async () => {
    const { picked, type, press } = show(false)
    type('sof')
    expect(press('Enter')).toBe(true)
    await vi.waitFor(() => expect(picked).toHaveBeenCalledWith('c1'))
  })
  it('stays a whole address that is nobody’s', async () => {
    const { picked, type, press, options } = show(true)
    type('new@shop.example')
    await vi.waitFor(() => expect(options()).toBe(2))
    press('Enter')
    expect(picked).not.toHaveBeenCalled()
  })
  it('is the customer whose whole address it is', async () => {
    const { picked, type, press, options } = show(true)
    type('Lund@shop.example')
    await vi.waitFor(() => expect(options()).toBe(2))
    press('Enter')
    expect(picked).toHaveBeenCalledWith('c2')
  })
})

describe('U16 addresses for copies', () => {
  it('are addresses and no words', () => {
    expect(addressesIn(['Your', 'name', 'ann@shop.example', '@', 'x@y'], [])).toEqual({
      taken: ['ann@shop.example'],
      refused: ['Your', 'name', '@', 'x@y'],
    })
  })
  it('are read out of what programs copy', () => {
    expect(addressIn('<ann@shop.example>')).toBe('ann@shop.example')
    expect(addressIn('mailto:ann@shop.example')).toBe('ann@shop.example')
    expect(addressIn('"ann@shop.example",')).toBe('ann@shop.example')
    expect(addressIn('jörg@köln.example')).toBe('jörg@köln.example')
  })
  it('are each taken once, and kept when they were there', () => {
    expect(addressesIn(['A@shop.example', 'a@shop.example', 'odd@host'], ['odd@host']).taken).toEqual([
      'A@shop.example',
      'odd@host',
    ])
  })
})

describe('U16 a macro in a new conversation', () => {
  const customer = { ...people[0], company: 'Marin & Co' } as unknown as Parameters<typeof filled>[1]['customer']
  it('is filled in with what is known', () => {
    const made = filled(
      {
        text: 'Dear {{customer.first_name}} of {{ customer.company }}, {{agent.name}}, #{{ticket.number}}',
        html: '<p>{{customer.company}}</p>',
      },
      { customer, agent: { name: 'Ada Berg' }, subject: '' },
    )
    expect(made.text).toBe('Dear Sofia of Marin & Co, Ada Berg, #{{ticket.number}}')
    expect(made.html).toBe('<p>Marin &amp; Co</p>')
    expect(made.unknown).toEqual(['ticket.number'])
  })
})
