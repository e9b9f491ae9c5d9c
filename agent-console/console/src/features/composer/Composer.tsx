import '@/styles/mantine-more'
import { Button, SegmentedControl } from '@mantine/core'
import { EditorContent, useEditor, type Editor } from '@tiptap/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '@/api-types'
import { changeDraft, isBlank, textToHtml, type DraftChange } from '@/server/drafts'
import { useCustomer, useSession } from '@/server/people'
import { ticketApi, useLines } from '@/server/tickets'
import { Icon } from '@/ui/icons'
import { useWorkbench } from '@/workbench/Workbench'
import { carriesFiles, optedOut, replyChannels, smsParts, unreachable } from './channels'
import css from './composer.module.css'
import { alive, extensions, fill, triggerIn, type Trigger } from './editor'
import { Files } from './Files'
import { MovedDialog } from './MovedDialog'
import { Planned } from './Planned'
import { Recipients } from './Recipients'
import { ReplyGoes } from './ReplyGoes'
import { SendButton } from './SendButton'
import { Signature } from './Signature'
import { plainText, promisesFile, signOff } from './text'
import { Toolbar } from './Toolbar'
import { TriggerMenu, type TriggerKeys } from './TriggerMenu'
import { useAttachments } from './useAttachments'
import { useDraft } from './useDraft'
import { useSend, type Then } from './useSend'

/** A dialog that closes gives the focus back within this time. */
const FOCUS_MILLIS = 30

/** One for each ticket: nothing of one (what can be undone, a send that ends late) gets into another's. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const { t, i18n } = useTranslation()
  const bench = useWorkbench()
  const { draft, kept, told, change } = useDraft(ticket.id)
  const customer = useCustomer(ticket.customerId).data
  const { signature } = useSession()
  const channels = replyChannels(ticket, customer)
  const channel = channels.find(it => it === draft.channel) ?? channels[0] ?? 'email'
  const note = draft.mode === 'note'
  const lines = useLines(ticket, customer?.version)
  const line = lines.data?.find(it => it.channel === channel)
  const to = channel === 'email' ? (draft.to ?? line?.to) : line?.to
  const cc = channel === 'email' ? (draft.cc ?? line?.cc ?? []) : []
  const nowhere = !note && unreachable(lines.data, draft.to)
  const unaddressed = nowhere || (!note && channel === 'email' && draft.to?.length === 0)
  const refused = optedOut(ticket, customer, channel, to)
  const [trigger, setTrigger] = useState<Trigger | null>(null)
  const [warned, setWarned] = useState<Then | 'none'>('none')
  /** What was to be sent while its addresses were still being asked for. */
  const [due, setDue] = useState<{ then: Then } | null>(null)
  const [over, setOver] = useState(false)
  const outer = useRef<HTMLElement>(null)
  const keysOfMenu = useRef<TriggerKeys>(null)
  const files = useAttachments(change)
  const typing = useTyping(ticket.id)
  const now = useRef({
    t,
    draft,
    change,
    note,
    due,
    send: (then: Then): void => void then,
    leave: (): void => {},
    add: (list: File[]): void => void list,
  })
  const closeTrigger = useCallback(() => setTrigger(null), [])

  const editor = useEditor({
    extensions: extensions(() =>
      now.current.t(now.current.note ? 'composer.notePlaceholder' : 'composer.replyPlaceholder'),
    ),
    content: draft[draft.mode],
    injectCSS: false,
    // Made while the page is being drawn, it would give way to another at once, and what had the focus with it.
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: () => ({
        'aria-label': now.current.t('composer.text'),
        'aria-multiline': 'true',
        role: 'textbox',
      }),
      handleKeyDown: (_, event) => {
        if (keysOfMenu.current?.onKey(event) === true) return true
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
          now.current.send(event.shiftKey && !now.current.note ? 'solved' : undefined)
          return true
        }
        if (event.key === 'Escape') (event.target as HTMLElement).blur()
        return false
      },
      handlePaste: (_, event) => {
        const pasted = [...(event.clipboardData?.files ?? [])]
        if (pasted.length > 0) now.current.add(pasted)
        return pasted.length > 0
      },
      handleDrop: (_, event) => {
        const dropped = [...(event.dataTransfer?.files ?? [])]
        return dropped.length > 0
      },
    },
    onUpdate: ({ editor: it }) => {
      const { draft: current, change: put } = now.current
      put({ [current.mode]: it.getHTML(), sendKey: undefined })
      setWarned('none')
      // A customer in a chat window sees it too, and a note is none of theirs.
      if (!now.current.note) typing()
    },
    onSelectionUpdate: ({ editor: it }) => look(it),
    onTransaction: ({ editor: it }) => look(it),
  })
  const look = (it: Editor) => {
    const { $from, empty } = it.state.selection
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
    const found =
      empty && it.isFocused ? triggerIn(before, $from.pos, now.current.note ? 'note' : 'reply') : null
    setTrigger(old =>
      old?.sign === found?.sign && old?.query === found?.query && old?.from === found?.from ? old : found,
    )
  }

  const restore = useCallback((fresh: DraftChange) => changeDraft(ticket.id, fresh), [ticket.id])
  const takeFocus = useCallback(() => alive(editor)?.commands.focus('end'), [editor])
  const giveBack = useCallback(() => {
    const at = document.activeElement
    const free = at === null || at === document.body || outer.current?.contains(at) === true
    if (free) takeFocus()
  }, [takeFocus])
  const { toast } = bench
  const leftUnsent = useCallback(
    () => toast(now.current.t('error.leftUnsent', { number: ticket.number }), { tone: 'error', seconds: 7 }),
    [toast, ticket.number],
  )
  const sending = useSend(ticket, draft, channel, { to, cc }, restore, { giveBack, leftUnsent })
  const blank = isBlank(draft[draft.mode])
  const send = (then: Then) => {
    if (blank && draft.attachments.length === 0) return
    if (files.uploading > 0) {
      bench.toast(t('composer.uploading', { count: files.uploading }))
      return
    }
    if (unaddressed || (!note && refused !== undefined)) return
    if (!note && lines.isPending) {
      setDue({ then })
      return
    }
    if (!note && warned === 'none' && draft.attachments.length === 0 && promisesFile(plainText(draft.reply))) {
      setWarned(then)
      return
    }
    setWarned('none')
    void sending.send(then)
  }
  const carries = note || carriesFiles(channel)
  const addFiles = (list: File[]) => {
    if (carries) void files.add(list)
    else bench.toast(t('composer.noFilesHere'), { tone: 'error' })
  }
  /** Sends what was due when the ticket is left. Without addresses the server uses the ones it would have returned. */
  const leave = () => {
    if (due === null) return
    const chosen = draft.to !== undefined && draft.cc === undefined
    if (note || chosen || (draft.attachments.length === 0 && promisesFile(plainText(draft.reply)))) leftUnsent()
    else void sending.send(due.then)
  }
  now.current = { t, draft, change, note, due, send, leave, add: addFiles }

  useEffect(() => {
    if (due === null || lines.isPending) return
    setDue(null)
    if (now.current.note) leftUnsent()
    else now.current.send(due.then)
  }, [due, leftUnsent, lines.isPending])
  useEffect(() => () => now.current.leave(), [])
  useEffect(() => setWarned('none'), [note])
  useEffect(() => {
    fill(editor, now.current.draft[draft.mode])
  }, [editor, draft.mode, told])
  useEffect(() => {
    // Placeholder and label are drawn with the document: have them drawn in the new language.
    const drawn = alive(editor)
    drawn?.view.dispatch(drawn.state.tr.setMeta('addToHistory', false))
  }, [editor, i18n.language])
  useEffect(() => {
    if (editor === null) return undefined
    bench.composerIs({
      focus: mode => {
        now.current.change({ mode })
        window.setTimeout(takeFocus, FOCUS_MILLIS)
      },
      insert: (text, html) => {
        alive(editor)
          ?.chain()
          .focus('end')
          .insertContent(html ? html : textToHtml(text))
          .run()
      },
    })
    return () => bench.composerIs(null)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the same function throughout
  }, [bench.composerIs, editor, takeFocus])

  const drop = (list: FileList | null) => {
    setOver(false)
    if (list === null || list.length === 0) return
    addFiles([...list])
    // The file dialog returns the focus to its button.
    window.setTimeout(takeFocus, FOCUS_MILLIS)
  }
  return (
    <section
      className={css.outer}
      aria-label={t('composer.label')}
      ref={outer}
      onKeyDown={event => {
        // Also handles a button or a file in the composer; inside the text, the editor has handled it.
        if (event.defaultPrevented || event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
        event.preventDefault()
        send(event.shiftKey && !note ? 'solved' : undefined)
      }}
    >
      <div
        className={css.box}
        data-mode={draft.mode}
        data-over={over}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          drop(event.dataTransfer.files)
        }}
      >
        <div className={css.top}>
          <SegmentedControl
            size="xs"
            value={draft.mode}
            aria-label={t('composer.mode')}
            className={css.modes}
            onChange={mode => {
              change({ mode: mode === 'note' ? 'note' : 'reply' })
              alive(editor)?.commands.focus('end')
            }}
            data={[
              { value: 'reply', label: t('composer.reply') },
              { value: 'note', label: t('composer.note') },
            ]}
          />
          {note ? (
            <span className={css.private}>
              <Icon name="lock" size={14} />
              {t('note.internal')}
            </span>
          ) : (
            <Recipients
              ticket={ticket}
              draft={draft}
              change={change}
              channel={channel}
              channels={channels}
              to={to}
              cc={cc}
            />
          )}
        </div>
        {(sending.blocked || refused !== undefined) && !note && (
          <div className={css.refused} role="alert">
            <Icon name="alert" size={14} />
            {refused === undefined
              ? t('composer.optedOut')
              : t('composer.optedOutAddress', { address: refused.address })}
          </div>
        )}
        {nowhere && (
          <div className={css.refused} role="alert">
            <Icon name="alert" size={14} />
            {t('composer.nowhere')}
          </div>
        )}
        {!note && <ReplyGoes line={line} to={to} choose={all => change({ to: all, sendKey: undefined })} />}
        <EditorContent editor={editor} className={css.editor} />
        {trigger !== null && editor !== null && (
          <TriggerMenu ref={keysOfMenu} editor={editor} trigger={trigger} onDone={closeTrigger} />
        )}
        {!note && channel === 'email' && <Signature text={signOff(plainText(draft.reply), signature)} />}
        <Planned
          actions={draft.actions?.[draft.mode] ?? []}
          note={note}
          onChange={fresh => change({ actions: { ...draft.actions, [draft.mode]: fresh }, sendKey: undefined })}
        />
        <Files draft={draft} uploading={files.uploading} onRemove={files.remove} />
        {warned !== 'none' && (
          <div className={css.warning} role="alert">
            {t('composer.noFile')}
            <Button size="compact-xs" variant="default" onClick={() => send(warned)}>
              {t('composer.sendAnyway')}
            </Button>
          </div>
        )}
        <div className={css.bottom}>
          {editor !== null && (
            <Toolbar editor={editor} rich={note || channel === 'email'} onFiles={carries ? drop : null} />
          )}
          <span className={css.saved} aria-live="polite">
            {!kept
              ? t('composer.notKept')
              : channel === 'sms' && !note && !blank
                ? t('composer.smsParts', { count: smsParts(plainText(draft.reply, '\n')) })
                : ''}
          </span>
          <SendButton
            note={note}
            busy={sending.busy || due !== null}
            disabled={
              unaddressed ||
              (blank && draft.attachments.length === 0) ||
              ((sending.blocked || refused !== undefined) && !note)
            }
            onSend={send}
          />
        </div>
      </div>
      {sending.moved !== null && (
        <MovedDialog
          moved={sending.moved}
          onEdit={sending.keepEditing}
          onSend={() => void sending.send(sending.moved?.then, sending.moved?.seq, true)}
        />
      )}
    </section>
  )
}

/** Tells colleagues that I am writing, at most every four seconds, and that I stopped after six. */
function useTyping(ticketId: string): () => void {
  const last = useRef(0)
  const stop = useRef<number | undefined>(undefined)
  useEffect(() => () => window.clearTimeout(stop.current), [ticketId])
  return () => {
    const say = (state: 'typing' | 'viewing') => void ticketApi.presence(ticketId, state).catch(() => undefined)
    if (Date.now() - last.current > 4000) {
      last.current = Date.now()
      say('typing')
    }
    window.clearTimeout(stop.current)
    stop.current = window.setTimeout(() => say('viewing'), 6000)
  }
}
