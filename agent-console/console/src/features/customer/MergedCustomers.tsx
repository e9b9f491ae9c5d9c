import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Customer, MergedCustomer } from '@/api-types'
import { attempt } from '@/commands/change'
import { useWorkbench } from '@/workbench/Workbench'
import css from './customer.module.css'

/** The records that were merged into this one; each can be separated again. */
export function MergedCustomers({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const separate = (it: MergedCustomer) =>
    attempt({ bench, t }, async () => {
      await api.post(`/customers/${it.id}/unmerge`)
      await client.invalidateQueries()
      bench.toast(t('merging.undone'), {
        undo: () =>
          void attempt({ bench, t }, async () => {
            await api.post(`/customers/${it.id}/merge`, { into: customer.id })
            await client.invalidateQueries()
          }),
      })
    })
  if (customer.merged.length === 0) return null
  return (
    <section className={css.section} aria-label={t('merging.merged')}>
      <h3>{t('merging.merged')}</h3>
      <ul className={css.identities}>
        {customer.merged.map(it => {
          const name = it.name || (it.address ?? t('customer.unnamed'))
          return (
            <li key={it.id}>
              <span className={css.value}>
                {name}
                {it.address !== null && it.address !== name && ` · ${it.address}`}
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                ml="auto"
                aria-label={t('merging.separateOne', { name })}
                onClick={() => void separate(it)}
              >
                {t('merging.separate')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
