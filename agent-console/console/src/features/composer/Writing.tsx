import { Input } from '@mantine/core'
import { EditorContent, useEditor, type Editor } from '@tiptap/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Macro } from '@/api-types'
import { chooser } from '@/commands/command'
import { macro as macroCommand } from '@/commands/macro'
import css from './composer.module.css'
import { alive, extensions, triggerIn, type Trigger } from './editor'
import { Files } from './Files'
import { Signature } from './Signature'
import { plainText, signOff } from './text'
import { Toolbar } from './Toolbar'
import { TriggerMenu, type TriggerKeys } from './TriggerMenu'
import { useAttachments } from './useAttachments'
import { textToHtml, type Draft, type DraftChange } from '@/server/drafts'
import { useMacros } from '@/server/lists'
import { useSession } from '@/server/people'
import { useWorkbench } from '@/workbench/Workbench'

interface WritingProps {
  label: string
  draft: Draft
  change(patch: DraftChange): void
  /** Mail has formatting, files and a signature; other channels have plain text. */
  mail: boolean
  files: ReturnType<typeof useAttachments>
  fill(macro: Macro): { text: string; html: string | null }
  onSend(): void
}

/** The text of a new conversation: the reply editor, with macros, articles and files. */
export function Writing({ label, draft, change, mail, files, fill, onSend }: WritingProps) {
  const { t } = useTranslation()
  const { toast } = useWorkbench()
  const { signature } = useSession()
  const macros = useMacros().data ?? []
  const [trigger, setTrigger] = useState<Trigger | null>(null)
  const menu = useRef<TriggerKeys>(null)
  const add = (list: File[]) => {
    if (mail) void files.add(list)
    else toast(t('composer.noFilesHere'), { tone: 'error' })
  }
  const now = useRef({ t, label, add, onSend, change })
  now.current = { t, label, add, onSend, change }
  const look = (it: Editor) => {
    const { $from, empty } = it.state.selection
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
    const found = empty && it.isFocused ? triggerIn(before, $from.pos, 'reply') : null
    setTrigger(old =>
      old?.sign === found?.sign && old?.query === found?.query && old?.from === found?.from ? old : found,
    )
  }
  const editor = useEditor({
    extensions: extensions(() => now.current.t('writeNew.placeholder')),
    content: draft.reply,
    injectCSS: false,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: () => ({
        'aria-label': now.current.label,
        'aria-multiline': 'true',
        role: 'textbox',
        // Escape closes the macro list; it closes the dialog only when focus is outside the text.
        'data-mantine-stop-propagation': 'true',
      }),
      handleKeyDown: (_, event) => {
        if (menu.current?.onKey(event) === true) return true
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return false
        now.current.onSend()
        return true
      },
      handlePaste: (_, event) => take(event.clipboardData),
      handleDrop: (_, event) => take((event as DragEvent).dataTransfer),
    },
    onUpdate: ({ editor: it }) => now.current.change({ reply: it.getHTML() }),
    onSelectionUpdate: ({ editor: it }) => look(it),
    onTransaction: ({ editor: it }) => look(it),
  })
  const take = (given: DataTransfer | null) => {
    const list = [...(given?.files ?? [])]
    if (list.length > 0) now.current.add(list)
    return list.length > 0
  }
  const done = useCallback(() => setTrigger(null), [])
  useEffect(() => {
    editor?.setOptions()
  }, [editor, label])
  const insert = (id: string) => {
    const chosen = macros.find(it => it.id === id)
    if (chosen === undefined) return
    const words = fill(chosen)
    alive(editor)?.chain().focus('end').insertContent(words.html ?? textToHtml(words.text)).run()
  }
  const command = chooser({
    ...macroCommand,
    enabled: () => macros.length > 0,
    choices: () =>
      macros.map(it => ({
        id: it.id,
        label: it.title,
        detail: it.text.replace(/\s+/g, ' ').slice(0, 90),
        icon: 'bolt',
        run: () => insert(it.id),
      })),
  })
  return (
    <Input.Wrapper label={label} labelElement="div" withAsterisk>
      <div className={css.box}>
        <EditorContent editor={editor} className={css.editor} />
        {trigger !== null && editor !== null && (
          <TriggerMenu ref={menu} editor={editor} trigger={trigger} onDone={done} macros={{ list: macros, insert }} />
        )}
        {mail && <Signature text={signOff(plainText(draft.reply), signature)} />}
        <Files draft={draft} uploading={files.uploading} onRemove={files.remove} />
        <div className={css.bottom}>
          {editor !== null && (
            <Toolbar
              editor={editor}
              rich={mail}
              macro={command}
              onFiles={mail ? list => void files.add(list ?? []) : null}
            />
          )}
        </div>
      </div>
    </Input.Wrapper>
  )
}
