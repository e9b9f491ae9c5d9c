import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Customer } from '@/api-types'
import { attempt } from '@/commands/change'
import { keys } from '@/server/keys'
import { useCustomer } from '@/server/people'
import { Avatar } from '@/ui/Avatar'
import { Icon } from '@/ui/icons'
import { ErrorState, Waiting } from '@/ui/State'
import { useWorkbench } from '@/workbench/Workbench'
import { Attributes } from './Attributes'
import css from './customer.module.css'
import { Earlier } from './CustomerPanel'
import { CustomerTimeline } from './CustomerTimeline'
import { Identities } from './Identities'
import { MergedCustomers } from './MergedCustomers'
import { Suggestions } from './Suggestions'

/** The whole page of one customer. */
export function CustomerView({ customerId }: { customerId: string }) {
  const { t } = useTranslation()
  const { open } = useWorkbench()
  const customer = useCustomer(customerId)
  const [editing, setEditing] = useState(false)
  const navigate = useNavigate()
  const stays = customer.data?.id
  useEffect(() => {
    // A merged customer's address leads to the record that stands for them.
    if (stays !== undefined && stays !== customerId)
      void navigate({ to: '/customers/$customerId', params: { customerId: stays }, search: old => old, replace: true })
  }, [stays, customerId, navigate])
  if (customer.isPending) return <Waiting lines={8} />
  if (customer.isError) {
    return (
      <ErrorState error={customer.error} retry={() => void customer.refetch()}>
        <Link to="/customers" search={old => old}>
          {t('command.back')}
        </Link>
      </ErrorState>
    )
  }
  const { data } = customer
  return (
    <div className={css.view}>
      <header className={css.viewHead}>
        <Link to="/customers" className={css.back} aria-label={t('command.back')}>
          <ActionIcon variant="subtle" color="gray" size={36} component="span">
            <Icon name="back" size={20} />
          </ActionIcon>
        </Link>
        <Avatar name={data.name || data.identities[0]?.value} size={44} />
        <div className={css.title}>
          <h1>{data.name || t('customer.unnamed')}</h1>
          {data.company !== '' && <span>{data.company}</span>}
        </div>
        <div className={css.row}>
          <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => setEditing(!editing)}>
            {t('action.edit')}
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="merge" />}
            onClick={() => open({ kind: 'mergeCustomer', customerId: data.id })}
          >
            {t('merging.open')}
          </Button>
          <Button
            leftSection={<Icon name="plus" />}
            onClick={() => open({ kind: 'outbound', customer: { id: data.id, name: data.name } })}
          >
            {t('command.newTicket')}
          </Button>
        </div>
      </header>
      <div className={css.columns}>
        <CustomerTimeline customerId={customerId} />
        <div>
          {editing && <EditCustomer customer={data} onDone={() => setEditing(false)} />}
          <Suggestions customer={data} />
          <MergedCustomers customer={data} />
          <Identities customer={data} />
          <Attributes customer={data} />
          <Earlier customerId={customerId} />
        </div>
      </div>
    </div>
  )
}

function EditCustomer({ customer, onDone }: { customer: Customer; onDone(): void }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const [first] = useState({
    name: customer.name,
    company: customer.company,
    lifecycle: customer.lifecycle,
    notes: customer.notes,
  })
  const [form, setForm] = useState(first)
  const field = (name: keyof typeof form) => ({
    label: t(`customer.${name}`),
    value: form[name],
    size: 'xs' as const,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  })
  const save = () =>
    attempt({ bench, t }, async () => {
      // What a colleague has changed since is theirs.
      const changed = Object.fromEntries(
        Object.entries(form).filter(([name, value]) => value !== first[name as keyof typeof form]),
      )
      client.setQueryData(
        keys.customer(customer.id),
        await api.patch<Customer>(`/customers/${customer.id}`, { ...changed, version: customer.version }),
      )
      onDone()
    })
  return (
    <form
      className={css.edit}
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
    >
      <TextInput {...field('name')} />
      <TextInput {...field('company')} />
      <TextInput {...field('lifecycle')} />
      <Textarea {...field('notes')} autosize minRows={2} />
      <div className={css.actions}>
        <Button variant="default" onClick={onDone}>
          {t('action.cancel')}
        </Button>
        <Button type="submit">{t('action.save')}</Button>
      </div>
    </form>
  )
}
