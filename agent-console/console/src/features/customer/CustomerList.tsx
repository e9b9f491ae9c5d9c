import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api-types'
import { useCustomers } from '@/server/people'
import { Avatar } from '@/ui/Avatar'
import { Icon } from '@/ui/icons'
import { Roving } from '@/ui/Roving'
import { EmptyState, ErrorState, Waiting } from '@/ui/State'
import { useRows } from '@/ui/useRows'
import css from './customer.module.css'
import { NewCustomer } from './NewCustomer'

const rowHeight = 60

export function CustomerList({ customerId }: { customerId: string | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { q, matches } = useSearch({ from: '/inside/customers' })
  const suggested = matches !== undefined
  const [text, setText] = useState(q ?? '')
  const [asked] = useDebouncedValue(text, 150)
  const [adding, setAdding] = useState(false)
  const list = useCustomers(asked, true, suggested)
  const scroll = useRef<HTMLDivElement>(null)
  const customers = list.data?.pages.flatMap(page => page.items) ?? []
  const { rows, height } = useRows(scroll, customers.length, rowHeight)
  const last = rows.at(-1) ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= customers.length - 10) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, customers.length])
  useEffect(() => {
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, q: asked || undefined }),
      replace: true,
    })
  }, [asked, navigate])
  return (
    <>
      <header className={css.listHead}>
        <h1>{t('nav.customers')}</h1>
        <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
          {t('customer.new')}
        </Button>
        <TextInput
          size="xs"
          value={text}
          placeholder={t('customer.find')}
          aria-label={t('customer.find')}
          leftSection={<Icon name="search" size={14} />}
          onChange={event => setText(event.currentTarget.value)}
        />
        <Button
          size="compact-xs"
          variant={suggested ? 'light' : 'subtle'}
          color={suggested ? undefined : 'gray'}
          justify="flex-start"
          aria-pressed={suggested}
          leftSection={<Icon name="users" size={14} />}
          onClick={() =>
            void navigate({
              to: '.',
              search: (old: Record<string, unknown>) => ({ ...old, matches: suggested ? undefined : 'on' }),
              replace: true,
            })
          }
        >
          {t('merging.list')}
        </Button>
      </header>
      <div className={css.listScroll} ref={scroll}>
        {list.isPending ? (
          <Waiting lines={8} />
        ) : list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : customers.length === 0 ? (
          <EmptyState icon="users" title={t(suggested ? 'merging.noMatches' : 'customer.noneFound')} />
        ) : (
          <Roving className={css.rows} role="list" items="a" height={height}>
            {rows.map(row => {
              const customer = customers[row]
              return (
                customer !== undefined && (
                  <div
                    key={customer.id}
                    role="listitem"
                    className={css.slot}
                    style={{ transform: `translateY(${row * rowHeight}px)` }}
                  >
                    <Link
                      className={css.customerRow}
                      to="/customers/$customerId"
                      params={{ customerId: customer.id }}
                      search={old => old}
                      data-open={customer.id === customerId}
                    >
                      <Avatar name={customer.name || customer.identities[0]?.value} size={36} />
                      <span>
                        <b>{customer.name || t('customer.unnamed')}</b>
                        <small>
                          {suggested && customer.suggestions[0] !== undefined
                            ? t('merging.maybe', {
                                name: customer.suggestions[0].customerName || customer.suggestions[0].value,
                              })
                            : [customer.company, mainAddress(customer)].filter(Boolean).join(' · ')}
                        </small>
                      </span>
                      {(customer.openTickets > 0 || customer.otherOpenTickets > 0) && (
                        <em className="num">
                          {customer.openTickets > 0 && t('customer.openCount', { count: customer.openTickets })}{' '}
                          {customer.otherOpenTickets > 0 &&
                            t('customer.otherCount', { count: customer.otherOpenTickets })}
                        </em>
                      )}
                    </Link>
                  </div>
                )
              )
            })}
          </Roving>
        )}
      </div>
      {adding && <NewCustomer onClose={() => setAdding(false)} />}
    </>
  )
}

/** Mail before telephone before what only machines call somebody by. */
function mainAddress({ identities }: Customer): string | undefined {
  const kinds = ['email', 'phone'] as const
  const known = kinds.map(kind => identities.find(it => it.kind === kind)).find(it => it !== undefined)
  return (known ?? identities.find(it => it.kind !== 'chat'))?.value
}
