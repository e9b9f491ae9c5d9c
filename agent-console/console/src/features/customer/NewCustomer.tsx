import { Button, Modal, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Customer } from '@/api-types'
import { attempt } from '@/commands/change'
import { useWorkbench } from '@/workbench/Workbench'
import css from './customer.module.css'

export function NewCustomer({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form, setForm] = useState({ name: '', company: '', email: '', phone: '' })
  const field = (name: keyof typeof form) => ({
    label: t(`customer.${name}`),
    value: form[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  })
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    await attempt({ bench, t }, async () => {
      const identities = [
        ...(form.email.trim() === '' ? [] : [{ kind: 'email', value: form.email.trim() }]),
        ...(form.phone.trim() === '' ? [] : [{ kind: 'phone', value: form.phone.trim() }]),
      ]
      const fresh = await api.post<Customer>('/customers', {
        name: form.name.trim(),
        identities,
        ...(form.company.trim() === '' ? {} : { company: form.company.trim() }),
      })
      await client.invalidateQueries({ queryKey: ['customers'] })
      onClose()
      await navigate({ to: '/customers/$customerId', params: { customerId: fresh.id } })
    })
    setBusy(false)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('customer.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        className={css.form}
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput {...field('name')} required data-autofocus />
        <TextInput {...field('company')} />
        <TextInput {...field('email')} type="email" />
        <TextInput {...field('phone')} type="tel" />
        <div className={css.actions}>
          <Button type="submit" loading={busy}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
