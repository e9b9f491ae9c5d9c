import { Menu, Pill } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '@/api-types'
import type { Draft } from '@/server/drafts'
import { AddressInput } from '@/ui/AddressInput'
import { channelIcon } from '@/ui/channel'
import { Icon } from '@/ui/icons'
import type { ReplyChannel } from './channels'
import css from './composer.module.css'

interface RecipientsProps {
  ticket: Ticket
  draft: Draft
  change(patch: Partial<Draft>): void
  channel: ReplyChannel
  channels: readonly ReplyChannel[]
  /** Whom the answer will go to; undefined until it is known, or where only the server knows. */
  to: readonly string[] | undefined
  /** Recipients of a copy, including those the customer copied until the agent removes them. */
  cc: readonly string[]
}

/** By which channel, to whom. Mail can have more readers. */
export function Recipients({ ticket, draft, change, channel, channels, to, cc }: RecipientsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const named = to !== undefined && to.length > 0 && channel !== 'chat'
  const shownTo = named ? to.join(', ') : draft.to?.length === 0 ? '' : ticket.customer.name || t('customer.unnamed')
  const blind = draft.bcc?.length ?? 0
  const shown = open && channel === 'email'
  return (
    <>
      <Menu position="top-end">
        <Menu.Target>
          <button
            type="button"
            className={css.channel}
            aria-label={t('composer.channel', { name: t(`channel.${channel}`) })}
          >
            <Icon name={channelIcon(channel)} size={14} />
            {t(`channel.${channel}`)}
            <Icon name="chevronDown" size={12} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {channels.map(it => (
            <Menu.Item
              key={it}
              leftSection={<Icon name={channelIcon(it)} />}
              onClick={() => change({ channel: it, sendKey: undefined })}
              rightSection={it === channel ? <Icon name="check" /> : undefined}
            >
              {t(`channel.${it}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {channel === 'email' ? (
        <button type="button" className={css.to} aria-expanded={shown} onClick={() => setOpen(!open)}>
          {t('mail.to', { to: shownTo })}
          {blind > 0 && ` +${blind}`}
        </button>
      ) : (
        <span className={css.to}>{t('mail.to', { to: shownTo })}</span>
      )}
      {channel === 'email' && !shown && cc.length > 0 && (
        <ul className={css.copies} aria-label={t('mailDesk.copies')}>
          <li aria-hidden="true">{t('mail.ccLabel')}</li>
          {cc.map(address => (
            <li key={address}>
              <Pill
                withRemoveButton
                onRemove={() => change({ cc: cc.filter(it => it !== address), sendKey: undefined })}
                removeButtonProps={{
                  'aria-label': t('mailDesk.removeCopy', { address }),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
              >
                {address}
              </Pill>
            </li>
          ))}
        </ul>
      )}
      {shown && (
        <div className={css.recipients}>
          {(['to', 'cc', 'bcc'] as const).map(field => (
            <label key={field}>
              <span>{t(`mail.${field}Label`)}</span>
              <AddressInput
                size="xs"
                variant="unstyled"
                aria-label={t(`mail.${field}Label`)}
                value={field === 'to' ? [...(to ?? [])] : field === 'cc' ? [...cc] : (draft.bcc ?? [])}
                onChange={value => change({ [field]: value, sendKey: undefined })}
              />
            </label>
          ))}
        </div>
      )}
    </>
  )
}
