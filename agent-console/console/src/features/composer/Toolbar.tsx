import { ActionIcon, Tooltip } from '@mantine/core'
import { useEditorState, type Editor } from '@tiptap/react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CommandButton } from '@/commands/CommandButton'
import type { Command } from '@/commands/command'
import { macro as macroOfTicket } from '@/commands/macro'
import { Icon, type IconName } from '@/ui/icons'
import css from './composer.module.css'

export function Toolbar({
  editor,
  rich,
  onFiles,
  macro = macroOfTicket,
}: {
  editor: Editor
  rich: boolean
  /** Null where the channel carries no files. */
  onFiles: ((files: FileList | null) => void) | null
  macro?: Command
}) {
  const { t } = useTranslation()
  const file = useRef<HTMLInputElement>(null)
  const on = useEditorState({
    editor,
    selector: ({ editor: it }) => ({
      bold: it.isActive('bold'),
      italic: it.isActive('italic'),
      list: it.isActive('bulletList'),
      code: it.isActive('code'),
      quote: it.isActive('blockquote'),
    }),
  })
  const marks: { name: keyof typeof on; icon: IconName; run(): void }[] = [
    { name: 'bold', icon: 'bold', run: () => editor.chain().focus().toggleBold().run() },
    { name: 'italic', icon: 'italic', run: () => editor.chain().focus().toggleItalic().run() },
    { name: 'list', icon: 'list', run: () => editor.chain().focus().toggleBulletList().run() },
    { name: 'quote', icon: 'quote', run: () => editor.chain().focus().toggleBlockquote().run() },
    { name: 'code', icon: 'code', run: () => editor.chain().focus().toggleCode().run() },
  ]
  return (
    <div className={css.tools} role="toolbar" aria-label={t('composer.tools')}>
      {rich && (
        <span className={css.marks}>
          {marks.map(({ name, icon, run }) => (
            <Tooltip key={name} label={t(`composer.${name}`)}>
              <ActionIcon
                variant={on[name] ? 'light' : 'subtle'}
                color={on[name] ? 'accent' : 'gray'}
                size={30}
                aria-pressed={on[name]}
                aria-label={t(`composer.${name}`)}
                onMouseDown={event => event.preventDefault()}
                onClick={run}
              >
                <Icon name={icon} />
              </ActionIcon>
            </Tooltip>
          ))}
        </span>
      )}
      {onFiles !== null && (
        <Tooltip label={t('composer.attach')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t('composer.attach')}
            onClick={() => file.current?.click()}
          >
            <Icon name="clip" />
          </ActionIcon>
        </Tooltip>
      )}
      <CommandButton command={macro} />
      <input
        ref={file}
        type="file"
        multiple
        hidden
        onChange={event => {
          onFiles?.(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
