import { ActionIcon, Button, Popover, Select, TextInput, Tooltip } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api'
import type { Customer, Identity } from '@/api-types'
import { attempt } from '@/commands/change'
import { keys } from '@/server/keys'
import { Icon, type IconName } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import css from './customer.module.css'

const icons: Record<Identity['kind'], IconName> = {
  email: 'mail',
  phone: 'phone',
  chat: 'chat',
  external: 'key',
}

/** Every address we know, and whether its owner proved it. */
export function Identities({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: keys.customer(customer.id) })
  const remove = (identity: Identity) =>
    attempt({ bench, t }, async () => {
      await api.delete(`/customers/${customer.id}/identities/${identity.id}`)
      await refresh()
      bench.toast(t('said.identityRemoved'), {
        undo: async () => {
          await api.post(`/customers/${customer.id}/identities`, { kind: identity.kind, value: identity.value })
          await refresh()
        },
      })
    })
  const share = (identity: Identity, shared: boolean) =>
    attempt({ bench, t }, async () => {
      await api.patch(`/customers/${customer.id}/identities/${identity.id}`, { shared })
      await refresh()
      bench.toast(t(shared ? 'desk.sharedNow' : 'desk.unsharedNow'), {
        undo: async () => {
          await api.patch(`/customers/${customer.id}/identities/${identity.id}`, { shared: !shared })
          await refresh()
        },
      })
    })
  return (
    <section className={css.section}>
      <ul className={css.identities}>
        {customer.identities.map(it => (
          <li key={it.id}>
            <Icon name={icons[it.kind]} />
            <span className={css.value}>{it.kind === 'chat' ? t('visit.window') : it.value}</span>
            {it.verified ? (
              <Tooltip label={t('identity.verified')}>
                <span className={css.verified} role="img" aria-label={t('identity.verified')}>
                  <Icon name="shield" size={14} />
                </span>
              </Tooltip>
            ) : (
              <Tooltip
                label={
                  it.source ? t('identity.unverifiedFrom', { source: it.source }) : t('identity.unverified')
                }
              >
                <span className={css.mark}>{t('identity.unverifiedMark')}</span>
              </Tooltip>
            )}
            {it.shared && <span className={css.mark}>{t('identity.shared')}</span>}
            <Share customer={customer} identity={it} onShare={shared => share(it, shared)} />
            <ActionIcon
              className={css.remove}
              variant="subtle"
              color="gray"
              size={22}
              aria-label={t('identity.remove', { value: it.value })}
              onClick={() => void remove(it)}
            >
              <Icon name="x" size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <AddIdentity customer={customer} onDone={refresh} />
    </section>
  )
}

interface ShareProps {
  customer: Customer
  identity: Identity
  onShare(shared: boolean): Promise<unknown>
}

/** Marks an address as one person's or shared, and explains the effect first. */
function Share({ customer, identity, onShare }: ShareProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { shared, value } = identity
  const words = { value, name: customer.name || t('customer.unnamed') }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={290} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip
          label={t(shared ? 'identity.notSharedText' : 'identity.sharedText')}
          multiline
          maw={260}
          disabled={open}
        >
          <ActionIcon
            className={css.share}
            variant={shared ? 'light' : 'subtle'}
            color="gray"
            size={22}
            aria-pressed={shared}
            aria-label={t('identity.share', { value })}
            onClick={() => setOpen(!open)}
          >
            <Icon name="users" size={12} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t(shared ? 'desk.unshareTitle' : 'desk.shareTitle')}>
        <div className={css.form}>
          <strong>{t(shared ? 'desk.unshareTitle' : 'desk.shareTitle')}</strong>
          <span>{t(shared ? 'desk.unshareText' : 'desk.shareText', words)}</span>
          <div className={css.actions}>
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('action.cancel')}
            </Button>
            <Button
              data-autofocus
              onClick={() => {
                setOpen(false)
                void onShare(!shared)
              }}
            >
              {t(shared ? 'desk.unshare' : 'desk.share')}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function AddIdentity({ customer, onDone }: { customer: Customer; onDone(): Promise<void> }) {
  const { t } = useTranslation()
  const bench = useWorkbench()
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState('email')
  const [value, setValue] = useState('')
  const add = async () => {
    const done = await attempt({ bench, t }, async () => {
      await api.post(`/customers/${customer.id}/identities`, { kind, value: value.trim() })
      await onDone()
    })
    if (!done) return
    setOpen(false)
    setValue('')
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={270} trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-xs"
          color="gray"
          leftSection={<Icon name="plus" size={13} />}
          onClick={() => setOpen(!open)}
        >
          {t('identity.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={css.form}
          onSubmit={event => {
            event.preventDefault()
            void add()
          }}
        >
          <Select
            size="xs"
            label={t('identity.kind')}
            value={kind}
            onChange={it => setKind(it ?? 'email')}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={(['email', 'phone', 'chat', 'external'] as const).map(it => ({
              value: it,
              label: t(`identity.${it}`),
            }))}
          />
          <TextInput
            size="xs"
            label={t('identity.value')}
            value={value}
            onChange={event => setValue(event.currentTarget.value)}
            required
            data-autofocus
          />
          <Button type="submit">{t('action.add')}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
