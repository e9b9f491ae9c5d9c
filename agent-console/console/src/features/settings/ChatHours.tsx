import { ActionIcon, Button, Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Widget } from '@/api-types'
import { language } from '@/i18n'
import { Icon } from '@/ui/icons'
import css from './settings.module.css'

export type Hours = Widget['hours']
type Days = NonNullable<Hours['days']>
type Span = Days[string][number]

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const office = { from: '09:00', to: '17:00' }
const time = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/

/** The server keeps no more of one day. */
const spansMax = 10

/** 24:00 only ends a span; a span that ends when it begins would be either nothing or a whole day. */
export function spanFits({ from, to }: Span): boolean {
  return time.test(from) && from !== '24:00' && time.test(to) && from !== to
}

/** A night, as 22:00 to 06:00: it belongs to the day on which it begins. */
export function endsNextDay(span: Span): boolean {
  return spanFits(span) && span.to < span.from
}

export function hoursFit(hours: Hours): boolean {
  return Object.values(hours.days ?? {}).every(spans => spans.every(spanFits))
}

/** 2024 began on a Monday. */
function dayName(at: number): string {
  return new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + at))
}

export function ChatHours({ hours, onChange }: { hours: Hours; onChange(hours: Hours): void }) {
  const { t } = useTranslation()
  const days = hours.days
  const setDay = (day: string, spans: Days[string]) => onChange({ ...hours, days: { ...days, [day]: spans } })
  return (
    <fieldset className={css.menu}>
      <legend>{t('hours.title')}</legend>
      <Switch
        label={t('hours.always')}
        checked={days === null}
        onChange={event =>
          onChange(
            event.currentTarget.checked
              ? { timezone: null, days: null }
              : {
                  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
                  days: Object.fromEntries(week.slice(0, 5).map(day => [day, [office]])),
                },
          )
        }
      />
      {days !== null && (
        <>
          <Select
            label={t('hours.timezone')}
            searchable
            allowDeselect={false}
            value={hours.timezone ?? 'UTC'}
            onChange={timezone => onChange({ ...hours, timezone })}
            data={['UTC', ...Intl.supportedValuesOf('timeZone').filter(it => it !== 'UTC')]}
          />
          {week.map((day, at) => (
            <Day key={day} name={dayName(at)} spans={days[day] ?? []} onChange={spans => setDay(day, spans)} />
          ))}
        </>
      )}
    </fieldset>
  )
}

function Day({ name, spans, onChange }: { name: string; spans: Days[string]; onChange(spans: Days[string]): void }) {
  const { t } = useTranslation()
  const set = (at: number, patch: Partial<Span>) =>
    onChange(spans.map((it, index) => (index === at ? { ...it, ...patch } : it)))
  return (
    <div className={css.day} role="group" aria-label={name}>
      <span>{name}</span>
      <div>
        {spans.length === 0 && <small>{t('hours.closed')}</small>}
        {spans.map((it, at) => (
          <div className={css.menuRow} key={at}>
            {(['from', 'to'] as const).map(end => (
              <TextInput
                key={end}
                size="xs"
                w={90}
                placeholder={office[end]}
                aria-label={t(end === 'to' && endsNextDay(it) ? 'hours.toNextDay' : `hours.${end}`, { day: name })}
                value={it[end]}
                error={spanFits(it) || end === 'from' ? undefined : t('hours.wrong')}
                onChange={event => set(at, { [end]: event.currentTarget.value })}
              />
            ))}
            {endsNextDay(it) && <small>{t('hours.nextDay')}</small>}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('action.delete')}
              onClick={() => onChange(spans.filter((_, index) => index !== at))}
            >
              <Icon name="trash" />
            </ActionIcon>
          </div>
        ))}
      </div>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<Icon name="plus" size={13} />}
        disabled={spans.length >= spansMax}
        onClick={() => onChange([...spans, office])}
      >
        {t('hours.add')}
      </Button>
    </div>
  )
}
