import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Customer, Suggestion } from '@/api-types'
import { attempt } from '@/commands/change'
import { keys } from '@/server/keys'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import css from './customer.module.css'
import { reasonOf } from './merging'

/** Strangers who may be this customer. Nothing is joined until a person says so. */
export function Suggestions({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: keys.customer(customer.id) })
    await client.invalidateQueries({ queryKey: keys.customerTickets(customer.id) })
    await client.invalidateQueries({ queryKey: ['customer-timeline', customer.id] })
  }
  const answer = (it: Suggestion, verdict: 'confirm' | 'reject') =>
    attempt({ bench, t }, async () => {
      await api.post(`/customers/${customer.id}/suggestions/${it.identityId}/${verdict}`)
      await refresh()
      if (verdict === 'reject') return void bench.toast(t('said.rejected'))
      bench.toast(t('said.confirmed'), {
        undo: async () => {
          await api.post(`/customers/${it.customerId}/unmerge`)
          await client.invalidateQueries()
          bench.toast(t('merging.undone'))
        },
      })
    })
  const list = customer.suggestions
  if (list.length === 0) return null
  return (
    <section className={css.suggestions} aria-label={t('suggestion.title')}>
      {list.map(it => {
        const reason = reasonOf(it)
        return (
          <div key={it.identityId} className={css.suggestion}>
            <div className={css.suggestionText}>
              <Icon name="users" />
              <span>
                {t('suggestion.text', { value: it.value, name: it.customerName || t('customer.unnamed') })}
              </span>
            </div>
            {reason !== undefined && <small>{t(`merging.reason.${reason}`)}</small>}
            <div className={css.row}>
              <Button size="compact-xs" onClick={() => void answer(it, 'confirm')}>
                {t('suggestion.confirm')}
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => void answer(it, 'reject')}>
                {t('suggestion.reject')}
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => bench.open({ kind: 'mergeCustomer', customerId: customer.id, suggested: it })}
              >
                {t('merging.compare')}
              </Button>
            </div>
          </div>
        )
      })}
    </section>
  )
}
