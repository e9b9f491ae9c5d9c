import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { demoPhone } from '@/api'
import { attempt } from '@/commands/change'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import css from './call.module.css'

interface Handset {
  call: { status: string; direction: string; lines: { who: string; text: string }[] } | null
}
const SHOWN = 1
const over = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

/** The demo's stand-in for the agent's own phone: it rings here and is answered here. */
export function DemoPhone({ number }: { number: string }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const key = ['demo-phone', number]
  const handset = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => demoPhone.get<Handset>(number, signal),
    refetchInterval: 700,
    retry: false,
  }).data
  const call = handset?.call ?? null
  if (call === null || over.has(call.status)) return null
  const act = (what: string, body: unknown = {}) =>
    attempt({ bench, t }, async () => {
      client.setQueryData(key, await demoPhone.act<Handset>(number, what, body))
    })
  const rings = call.status === 'ringing' || call.status === 'queued' || call.status === 'initiated'
  const speak = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    void act('speech', { text: text.trim() })
    setText('')
  }
  return (
    <section className={css.phone} aria-label={t('ownPhone.label')} data-state={rings ? 'rings' : 'talks'}>
      <header>
        <Icon name="phone" size={14} />
        <strong>{t('ownPhone.label')}</strong>
        <span className="num">{number}</span>
      </header>
      <p role="status">{t(rings ? 'ownPhone.rings' : 'ownPhone.talks')}</p>
      {!rings && (
        <ul>
          {call.lines.slice(-SHOWN).map((line, at) => (
            <li key={at} dir="auto">
              {line.text}
            </li>
          ))}
        </ul>
      )}
      {!rings && (
        <form onSubmit={speak}>
          <TextInput
            size="xs"
            aria-label={t('ownPhone.say')}
            placeholder={t('ownPhone.say')}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
        </form>
      )}
      <div className={css.actions}>
        {rings && (
          <Button size="xs" color="teal.8" leftSection={<Icon name="callIn" />} onClick={() => void act('answer')}>
            {t('ownPhone.answer')}
          </Button>
        )}
        <Button
          size="xs"
          color="red.8"
          leftSection={<Icon name="hangup" />}
          onClick={() => void act(rings ? 'decline' : 'hangup')}
        >
          {t('ownPhone.hangup')}
        </Button>
      </div>
    </section>
  )
}
