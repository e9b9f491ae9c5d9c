import { ActionIcon, Button, Menu, Popover, Tooltip } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceList } from '@/ui/ChoiceList'
import { Icon } from '@/ui/icons'
import { Keys } from '@/ui/Keys'
import uiCss from '@/ui/ui.module.css'
import type { Command } from './command'
import { useCommandContext } from './CommandProvider'

/** A toolbar button for a command; one that asks for a choice opens it below itself. */
export function CommandButton({
  command,
  labelled = false,
  children,
}: {
  command: Command
  labelled?: boolean
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const read = useCommandContext()
  const [open, setOpen] = useState(false)
  const context = read()
  const label = String(t(command.label))
  const press = () => (command.choices === undefined ? void command.run(read()) : setOpen(!open))
  const target =
    children !== undefined ? (
      <button type="button" className={uiCss.bare} onClick={press}>
        <span className="sr">{label}: </span>
        {children}
      </button>
    ) : labelled ? (
      <Button variant="default" leftSection={<Icon name={command.icon} />} onClick={press}>
        {label}
      </Button>
    ) : (
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} onClick={press}>
        <Icon name={command.icon} size={18} />
      </ActionIcon>
    )
  const hint = (
    <>
      {label}
      {command.shortcut !== undefined && (
        <>
          {' '}
          <Keys shortcut={command.shortcut} />
        </>
      )}
    </>
  )
  if (!command.enabled(context)) return null
  if (command.choices === undefined) return <Tooltip label={hint}>{target}</Tooltip>
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={hint} disabled={open}>
          {target}
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ChoiceList
          label={label}
          choices={text => command.choices?.(read(), text) ?? []}
          prepare={() => command.prepare?.(read()) ?? Promise.resolve()}
          onDone={() => setOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

/** The same command as a line of a menu. */
export function CommandItem({ command }: { command: Command }) {
  const { t } = useTranslation()
  const read = useCommandContext()
  if (!command.enabled(read())) return null
  return (
    <Menu.Item
      leftSection={<Icon name={command.icon} />}
      onClick={() => void command.run(read())}
      rightSection={command.shortcut === undefined ? undefined : <Keys shortcut={command.shortcut} />}
    >
      {t(command.label)}
    </Menu.Item>
  )
}
