import { useTranslation } from 'react-i18next'
import type { Appointment, Attachment } from '@/api-types'
import { Icon } from '@/ui/icons'
import css from './appointment.module.css'
import { told } from './when'

/** What a mail's calendar part says, as a card of facts. All of it is a claim of the sender, shown as plain text. */
export function AppointmentCard({
  appointment,
  file,
}: {
  appointment: Appointment
  file: Attachment | null
}) {
  const { t } = useTranslation()
  const { kind, summary, when, place, organiser, later } = appointment
  return (
    <section
      className={css.card}
      data-kind={kind}
      data-over={kind === 'cancelled' || later !== null}
      aria-label={t('appointment.label')}
    >
      <Icon name="calendar" size={18} className={css.icon} />
      <div className={css.facts}>
        <span className={css.kind}>{t(`appointment.${kind}`)}</span>
        <strong className={css.title} dir="auto">
          {summary || t('appointment.untitled')}
        </strong>
        <When when={when} />
        {place !== '' && (
          <span className={css.fact}>
            <Icon name="pin" size={14} aria-label={t('appointment.place')} />
            <span dir="auto">{place}</span>
          </span>
        )}
        {organiser !== '' && (
          <span className={css.fact}>
            <Icon name="user" size={14} aria-label={t('appointment.organiser')} />
            <span dir="auto">{organiser}</span>
          </span>
        )}
        {later !== null && (
          <span className={css.later} role="note">
            <Icon name="info" size={14} />
            {t(`appointment.later.${later}`)}
          </span>
        )}
        {file !== null && (
          <a className={css.file} href={file.url} download={file.name}>
            <Icon name="download" size={14} />
            {t('appointment.download')}
          </a>
        )}
      </div>
    </section>
  )
}

function When({ when }: { when: Appointment['when'] }) {
  const { t, i18n } = useTranslation()
  const at = told(when, i18n.language)
  if (at === null) return <span className={css.quiet}>{t('appointment.noDate')}</span>
  return (
    <>
      <span className={css.fact}>
        <Icon name="clock" size={14} aria-label={t('appointment.when')} />
        <span>
          <span className="num">{at.text}</span>
          {at.kind === 'days' && <span className={css.quiet}> · {t('appointment.allDay')}</span>}
          {at.kind === 'floating' && <span className={css.quiet}> · {t('appointment.noZone')}</span>}
          {when.repeats && <span className={css.quiet}> · {t('appointment.repeats')}</span>}
        </span>
      </span>
      {at.theirs !== null && (
        <span className={css.theirs} dir="auto">
          {t('appointment.theirTime', at.theirs)}
        </span>
      )}
    </>
  )
}

/** The file that the card's facts come from, where there is just one. */
export function calendarFile(files: readonly Attachment[]): Attachment | null {
  const all = files.filter(it => /^(text\/calendar|application\/ics)\b/i.test(it.type))
  return all.length === 1 ? (all[0] ?? null) : null
}
