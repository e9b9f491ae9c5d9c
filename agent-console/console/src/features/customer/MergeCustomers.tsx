import '@/styles/mantine-more'
import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Customer } from '@/api-types'
import { attempt } from '@/commands/change'
import { keys } from '@/server/keys'
import { useCustomer, useCustomerTickets } from '@/server/people'
import { callWords } from '@/ui/call-words'
import { ErrorState, Waiting } from '@/ui/State'
import { day } from '@/ui/time'
import { Who } from '@/ui/Who'
import { useWorkbench } from '@/workbench/Workbench'
import css from './merge.module.css'
import { hiddenBy, likelyStays } from './merging'

interface MergeProps {
  customerId: string
  /** The suggestion to compare with, if the agent starts from one. */
  suggested?: { customerId: string; identityId: string }
  onClose(): void
}

/** Merges two records of one person: find the other, compare both, choose the one to keep. */
export function MergeCustomers({ customerId, suggested, onClose }: MergeProps) {
  const { t } = useTranslation()
  const [picked, setPicked] = useState<Picked | null>(suggested ?? null)
  const one = useCustomer(customerId)
  const other = useCustomer(picked?.customerId ?? null)
  const failed = one.isError ? one : other.isError ? other : undefined
  const name = one.data === undefined ? '' : nameOf(one.data) || t('customer.unnamed')
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={picked === null ? t('merging.titleFor', { name }) : t('merging.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={css.dialog}>
        {failed !== undefined ? (
          <ErrorState error={failed.error} retry={() => void failed.refetch()} />
        ) : one.data === undefined ? (
          <Waiting lines={5} />
        ) : picked === null ? (
          <Finding customer={one.data} onPick={setPicked} />
        ) : other.data === undefined ? (
          <Waiting lines={5} />
        ) : other.data.id === one.data.id ? (
          <p role="alert">{t('merging.same')}</p>
        ) : (
          <Comparison
            pair={[one.data, other.data]}
            identityId={picked.identityId}
            onAnother={() => setPicked(null)}
            onClose={onClose}
          />
        )}
      </div>
    </Modal>
  )
}

function Finding({ customer, onPick }: { customer: Customer; onPick(picked: Picked): void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  return (
    <>
      <p className={css.lead}>{t('merging.text')}</p>
      <Who
        label={t('merging.find')}
        typed={typed}
        who={null}
        required={false}
        complete={false}
        except={customer.id}
        onType={setTyped}
        onPick={customerId => onPick({ customerId })}
      />
      {customer.suggestions.length > 0 && (
        <section className={css.suggested} aria-label={t('suggestion.title')}>
          <h3>{t('suggestion.title')}</h3>
          {customer.suggestions.map(it => (
            <Button key={it.identityId} variant="default" justify="flex-start" onClick={() => onPick(it)}>
              <span className={css.cut}>{[it.customerName || t('customer.unnamed'), it.value].join(' · ')}</span>
            </Button>
          ))}
        </section>
      )}
    </>
  )
}

/** The other customer; with `identityId` where a suggestion led to them. */
interface Picked {
  customerId: string
  identityId?: string
}

interface ComparisonProps {
  pair: readonly [Customer, Customer]
  identityId: string | undefined
  onAnother(): void
  onClose(): void
}

function Comparison({ pair, identityId, onAnother, onClose }: ComparisonProps) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const router = useRouter()
  const [staysId, setStays] = useState(() => likelyStays(...pair).id)
  const [busy, setBusy] = useState(false)
  const [first, second] = pair
  const [stays, goes] = staysId === first.id ? [first, second] : [second, first]
  const name = nameOf(stays) || t('customer.unnamed')
  const show = (from: Customer, to: Customer) => {
    if (location.pathname === pageOf(from)) router.history.push(pageOf(to))
  }
  const merge = async () => {
    setBusy(true)
    const done = await attempt({ bench, t }, async () => {
      // Confirming the suggestion also verifies its address.
      const confirms = identityId !== undefined && stays === first
      const fresh = confirms
        ? await api.post<Customer>(`/customers/${stays.id}/suggestions/${identityId}/confirm`)
        : await api.post<Customer>(`/customers/${goes.id}/merge`, { into: stays.id })
      client.setQueryData(keys.customer(stays.id), fresh)
      const moved = location.pathname === pageOf(goes)
      show(goes, stays)
      void client.invalidateQueries()
      bench.toast(t('merging.said', { name }), {
        undo: () =>
          void attempt({ bench, t }, async () => {
            await api.post(`/customers/${goes.id}/unmerge`)
            client.removeQueries({ queryKey: keys.customer(goes.id) })
            if (moved) show(stays, goes)
            await client.invalidateQueries()
            bench.toast(t('merging.undone'))
          }),
      })
    })
    setBusy(false)
    if (done) onClose()
  }
  return (
    <form
      className={css.dialog}
      onSubmit={event => {
        event.preventDefault()
        void merge()
      }}
    >
      <fieldset className={css.pair}>
        <legend>{t('merging.stays')}</legend>
        {pair.map(it => (
          <Side key={it.id} customer={it} stays={it === stays} onStay={() => setStays(it.id)} />
        ))}
      </fieldset>
      <Preview stays={stays} goes={goes} />
      <div className={css.actions}>
        <Button variant="subtle" color="gray" onClick={onAnother}>
          {t('merging.another')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          <span className={css.cut}>{t('merging.merge', { name })}</span>
        </Button>
      </div>
    </form>
  )
}

/** The outcome in plain sentences, before anything happens. */
function Preview({ stays, goes }: { stays: Customer; goes: Customer }) {
  const { t } = useTranslation()
  const name = nameOf(stays) || t('customer.unnamed')
  const other = nameOf(goes) || t('customer.unnamed')
  const hidden = hiddenBy(goes).map(it => t(`merging.part.${it}`))
  return (
    <ul className={css.preview} aria-label={t('merging.preview')} aria-live="polite">
      {goes.ticketCount > 0 && <li>{t('merging.gets', { name, other, count: goes.ticketCount })}</li>}
      {goes.identities.length > 0 && <li>{t('merging.reached', { name, count: goes.identities.length })}</li>}
      <li>
        {hidden.length === 0
          ? t('merging.keeps', { name })
          : t('merging.hides', { name, other, parts: hidden.join(t('merging.and')) })}
      </li>
      <li>{t('merging.undoable', { name })}</li>
    </ul>
  )
}

function Side({ customer, stays, onStay }: { customer: Customer; stays: boolean; onStay(): void }) {
  const { t } = useTranslation()
  const id = useId()
  const latest = (useCustomerTickets(customer.id).data ?? []).slice(0, 3)
  const name = customer.name || t('customer.unnamed')
  return (
    <label className={css.side} data-stays={stays}>
      <span className={css.name}>
        <input
          type="radio"
          name="stays"
          checked={stays}
          autoFocus={stays}
          aria-label={t('merging.staysOne', { name })}
          aria-describedby={id}
          onChange={onStay}
        />
        <b>{name}</b>
      </span>
      <span className={css.facts} id={id}>
        {customer.company !== '' && <span>{customer.company}</span>}
        {customer.notes !== '' && <span className={css.notes}>{customer.notes}</span>}
        <span>{t('merging.since', { day: day(customer.createdAt) })}</span>
        {customer.identities.length === 0 && <span>{t('merging.noAddress')}</span>}
        {customer.identities.map(it => (
          <span key={it.id}>
            {it.value}
            {!it.verified && <em>{t('identity.unverifiedMark')}</em>}
            {it.shared && <em>{t('identity.shared')}</em>}
          </span>
        ))}
        <span>{t('merging.tickets', { count: customer.ticketCount, open: customer.openTickets })}</span>
        {customer.otherOpenTickets > 0 && (
          <span>{t('merging.elsewhere', { count: customer.otherOpenTickets })}</span>
        )}
        {latest.map(it => (
          <small key={it.id}>
            <span className="num">#{it.number}</span> {callWords(it.subject, t) || t('ticket.noSubject')}
          </small>
        ))}
      </span>
    </label>
  )
}

function nameOf({ name, identities }: Customer): string {
  return name || (identities[0]?.value ?? '')
}

function pageOf({ id }: Customer): string {
  return `/console/customers/${id}`
}
