import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '@/ui/icons'
import { Keys } from '@/ui/Keys'
import css from './composer.module.css'
import type { Then } from './useSend'

export function SendButton({
  note,
  busy,
  disabled,
  onSend,
}: {
  note: boolean
  busy: boolean
  disabled: boolean
  onSend(then: Then): void
}) {
  const { t } = useTranslation()
  if (note) {
    return (
      <Button className={css.noteButton} loading={busy} disabled={disabled} onClick={() => onSend(undefined)}>
        {t('composer.addNote')}
      </Button>
    )
  }
  return (
    <Button.Group>
      <Button loading={busy} disabled={disabled} onClick={() => onSend(undefined)}>
        {t('composer.send')}
      </Button>
      <Menu position="top-end" width={250}>
        <Menu.Target>
          <Button
            px={8}
            className={css.splitButton}
            disabled={disabled || busy}
            aria-label={t('composer.sendMore')}
          >
            <Icon name="chevronDown" size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onSend(undefined)} rightSection={<Keys shortcut="mod+enter" />}>
            {t('composer.send')}
          </Menu.Item>
          <Menu.Item onClick={() => onSend('solved')} rightSection={<Keys shortcut="mod+shift+enter" />}>
            {t('composer.sendSolve')}
          </Menu.Item>
          <Menu.Item onClick={() => onSend('pending')}>{t('composer.sendPending')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}
