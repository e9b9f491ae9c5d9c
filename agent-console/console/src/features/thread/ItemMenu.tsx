import { ActionIcon, Menu } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineItem } from '@/api-types'
import { attempt } from '@/commands/change'
import { useCommandContext } from '@/commands/CommandProvider'
import { ticketApi } from '@/server/tickets'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'

/** What can be asked of one message. A thread has many: the menu itself is made when it is first opened. */
export function ItemMenu({ item }: { item: TimelineItem }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  if (opened) return <OpenedMenu item={item} />
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      aria-label={t('item.menu')}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setOpened(true)}
    >
      <Icon name="dots" />
    </ActionIcon>
  )
}

function OpenedMenu({ item }: { item: TimelineItem }) {
  const [opened, setOpened] = useState(false)
  // After the button has the focus, so that it gets it back.
  useEffect(() => setOpened(true), [])
  const { t } = useTranslation()
  const { open, compose, toast } = useWorkbench()
  const read = useCommandContext()
  const text = item.visibleText || item.text
  const retry = () =>
    attempt(read(), async () => {
      await ticketApi.retry(item.id)
      toast(t('said.retry'))
    })
  const undelivered = ['failed', 'undelivered', 'bounced', 'uncertain'].includes(item.status ?? '')
  const quote = () => {
    const lines = text
      .split('\n')
      .map(line => `> ${line}`)
      .join('\n')
    compose(it => {
      it.focus('reply')
      it.insert(lines)
    })
  }
  return (
    <Menu position="bottom-end" width={220} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('item.menu')} autoFocus>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {undelivered && (
          <Menu.Item leftSection={<Icon name="refresh" />} onClick={() => void retry()}>
            {t('item.retry')}
          </Menu.Item>
        )}
        {item.kind === 'message' && (
          <Menu.Item leftSection={<Icon name="quote" />} onClick={quote}>
            {t('item.quote')}
          </Menu.Item>
        )}
        {item.channel === 'email' && item.kind !== 'note' && (
          <Menu.Item leftSection={<Icon name="forward" />} onClick={() => open({ kind: 'forward', item })}>
            {t('item.forward')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<Icon name="copy" />}
          onClick={() => void navigator.clipboard.writeText(text).then(() => toast(t('said.copied')))}
        >
          {t('item.copy')}
        </Menu.Item>
        {item.direction === 'inbound' && (
          <Menu.Item leftSection={<Icon name="split" />} onClick={() => open({ kind: 'split', item })}>
            {t('item.split')}
          </Menu.Item>
        )}
        <Menu.Divider />
        {item.why !== null && (
          <Menu.Item leftSection={<Icon name="info" />} onClick={() => open({ kind: 'why', item })}>
            {t('item.why')}
          </Menu.Item>
        )}
        {item.direction === 'outbound' && (
          <Menu.Item leftSection={<Icon name="route" />} onClick={() => open({ kind: 'delivery', item })}>
            {t('item.delivery')}
          </Menu.Item>
        )}
        {item.channel === 'email' && item.direction === 'inbound' && (
          <Menu.Item
            component="a"
            href={`/api/v1/messages/${item.id}/raw`}
            download
            leftSection={<Icon name="download" />}
          >
            {t('item.original')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
