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
import { likelyStays } from './merging'

interface MergeProps {
  customer: Customer
  /** The suggestion to compare with, if the agent starts from one. */
  suggested?: { customerId: string; identityId: string }
  onClose(): void
}

/** Merges two records of one person: find the other, compare both, choose the one to keep. */
export function MergeCustomers({ customer, suggested, onClose }: MergeProps) {
  const { t } = useTranslation()
  const [otherId, setOther] = useState<string | null>(suggested?.customerId ?? null)
  const [typed, setTyped] = useState('')
  const other = useCustomer(otherId)
  const name = customer.name || t('customer.unnamed')
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={otherId === null ? t('merging.titleFor', { name }) : t('merging.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={css.dialog}>
        <p className={css.lead}>{t('merging.text')}</p>
        {otherId === null ? (
          <Who
            label={t('merging.find')}
            typed={typed}
            who={null}
            required={false}
            complete={false}
            except={customer.id}
            onType={setTyped}
            onPick={id => setOther(id)}
          />
        ) : other.isPending ? (
          <Waiting lines={5} />
        ) : other.isError ? (
          <ErrorState error={other.error} retry={() => void other.refetch()} />
        ) : other.data.id === customer.id ? (
          <p role="alert">{t('merging.same')}</p>
        ) : (
          <Comparison
            pair={[customer, other.data]}
            identityId={suggested?.identityId}
            onAnother={suggested === undefined ? () => setOther(null) : undefined}
            onClose={onClose}
          />
        )}
      </div>
    </Modal>
  )
}

interface ComparisonProps {
  pair: readonly [Customer, Customer]
  identityId: string | undefined
  onAnother: (() => void) | undefined
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
  const name = stays.name || (stays.identities[0]?.value ?? t('customer.unnamed'))
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
        undo: async () => {
          await api.post(`/customers/${goes.id}/unmerge`)
          client.removeQueries({ queryKey: keys.customer(goes.id) })
          if (moved) show(stays, goes)
          await client.invalidateQueries()
          bench.toast(t('merging.undone'))
        },
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
      <div className={css.actions}>
        {onAnother !== undefined && (
          <Button variant="subtle" color="gray" onClick={onAnother}>
            {t('merging.another')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('merging.merge', { name })}
        </Button>
      </div>
    </form>
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
          data-autofocus={stays || undefined}
          aria-label={t('merging.staysOne', { name })}
          aria-describedby={id}
          onChange={onStay}
        />
        <b>{name}</b>
      </span>
      <span className={css.facts} id={id}>
        {customer.company !== '' && <span>{customer.company}</span>}
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

function pageOf({ id }: Customer): string {
  return `/console/customers/${id}`
}
