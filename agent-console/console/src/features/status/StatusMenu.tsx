import { Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { darkMode, shortcuts, signOut, statusCommands, switchLanguage } from '@/commands/app'
import { CommandItem } from '@/commands/CommandButton'
import { useMe } from '@/server/people'
import { Avatar } from '@/ui/Avatar'
import { Icon } from '@/ui/icons'
import css from './status.module.css'

/** Who I am, whether work may reach me, and how full my hands are. */
export function StatusMenu({ children }: { children: ReactElement }) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Menu position="right-end" width={250}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <div className={css.head}>
          <Avatar name={me.name} size={36} status={me.status} />
          <div className={css.who}>
            <strong>{me.name}</strong>
            <span>{me.email}</span>
          </div>
        </div>
        <Load label={t('status.loadLive')} used={me.liveLoad} of={me.liveCapacity} />
        <Load label={t('status.loadWritten')} used={me.load - me.liveLoad} of={me.capacity} />
        <Menu.Divider />
        <Menu.Label>{t(`status.${me.status}`)}</Menu.Label>
        {statusCommands.map(command => (
          <CommandItem key={command.id} command={command} />
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings/profile" leftSection={<Icon name="user" />}>
          {t('status.profile')}
        </Menu.Item>
        <Menu.Item component={Link} to="/settings/macros" leftSection={<Icon name="settings" />}>
          {t('nav.settings')}
        </Menu.Item>
        {[darkMode, switchLanguage, shortcuts].map(command => (
          <CommandItem key={command.id} command={command} />
        ))}
        <Menu.Divider />
        <CommandItem command={signOut} />
      </Menu.Dropdown>
    </Menu>
  )
}

function Load({ label, used, of }: { label: string; used: number; of: number }) {
  return (
    <div className={css.load}>
      <span>{label}</span>
      <meter min={0} max={of || 1} value={used} aria-hidden />
      <span className="num">
        {used}/{of}
      </span>
    </div>
  )
}
