import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, newKey } from '@/api'
import type { InfiniteData } from '@tanstack/react-query'
import type { MacroAction, Page, ReplyBody, Ticket, TimelineItem } from '@/api-types'
import { actionWord, planned, plannedStatus } from '@/commands/macro-actions'
import { putItem } from '@/server/cache'
import { isBlank, type Draft, type DraftChange } from '@/server/drafts'
import { keys } from '@/server/keys'
import { useSession, useTeams } from '@/server/people'
import { ticketApi } from '@/server/tickets'
import { useWorkbench } from '@/workbench/Workbench'
import { mentionsIn, plainText } from './text'

export type Then = 'pending' | 'solved' | undefined
/** The thread moved while the reply was written: what came in, and what to say when it is sent all the same. */
export interface Moved {
  seq: number
  items: TimelineItem[]
  then: Then
}

/**
 * @param readers the recipients shown in the composer; the reply goes to no others
 * @param ends `giveBack` gives the focus to the words again, unless it has been taken elsewhere meanwhile; `leftUnsent`
 *   says that nothing was sent to who has left the ticket
 */
export function useSend(
  ticket: Ticket,
  draft: Draft,
  channel: string,
  readers: { to: readonly string[] | undefined; cc: readonly string[] },
  restore: (draft: DraftChange) => void,
  ends: { giveBack(): void; leftUnsent(): void },
) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { toast } = useWorkbench()
  const { settings } = useSession()
  const teams = useTeams().data ?? []
  const actions = draft.actions?.[draft.mode] ?? []
  const named = (action: MacroAction) => actionWord(action, t, teams)
  const [busy, setBusy] = useState(false)
  const [moved, setMoved] = useState<Moved | null>(null)
  const [blocked, setBlocked] = useState<string | null>(null)
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])

  const seenSeq = () =>
    client.getQueryData<InfiniteData<Page<TimelineItem>>>(keys.timeline(ticket.id))?.pages[0]?.items[0]?.seq ??
    ticket.lastSeq

  /** Takes away what was sent; what was written since stays. */
  const clear = () =>
    restore(old => ({
      ...(old[draft.mode] === draft[draft.mode] ? { [draft.mode]: '' } : {}),
      attachments: old.attachments.filter(it => !draft.attachments.some(sent => sent.id === it.id)),
      actions: { ...old.actions, [draft.mode]: undefined },
      sendKey: undefined,
      // A note went to none of them.
      ...(draft.mode === 'reply' ? { to: undefined, cc: undefined, bcc: undefined } : {}),
    }))

  const sendNote = async () => {
    await ticketApi.note(ticket.id, {
      text: plainText(draft.note),
      html: draft.note,
      mentions: mentionsIn(draft.note),
      attachmentIds: draft.attachments.map(it => it.id),
      ...(actions.length > 0 ? { actions } : {}),
    })
    clear()
    void client.invalidateQueries({ queryKey: keys.timeline(ticket.id) })
    if (actions.length > 0) void client.invalidateQueries({ queryKey: keys.ticket(ticket.id) })
    toast([t('said.noted'), ...actions.map(named)].join(' · '))
  }

  const sendReply = async (then: Then, seen: number, key: string) => {
    const mail = channel === 'email'
    const body: ReplyBody = {
      text: plainText(draft.reply, mail ? '\n\n' : '\n'),
      channel,
      seenSeq: seen,
      // In a live chat the other side is waiting; everything else can be taken back for a while.
      undoSeconds: channel === 'chat' ? 0 : settings.undoSeconds,
      ...(mail ? { html: draft.reply } : {}),
      ...(readers.to !== undefined && readers.to.length > 0
        ? { to: [...readers.to], ...(mail ? { cc: [...readers.cc] } : {}) }
        : {}),
      ...(mail && draft.bcc !== undefined && draft.bcc.length > 0 ? { bcc: draft.bcc } : {}),
      ...(draft.attachments.length > 0 ? { attachmentIds: draft.attachments.map(it => it.id) } : {}),
      ...(then !== undefined ? { thenStatus: then } : {}),
      ...(actions.length > 0 ? { actions } : {}),
    }
    const item = await ticketApi.reply(ticket.id, body, key)
    void client.invalidateQueries({ queryKey: keys.timeline(ticket.id) })
    const written = draft
    clear()
    void client.invalidateQueries({ queryKey: keys.ticket(ticket.id) })
    // Both times are the server's, so that a wrong clock here takes no undo away.
    const seconds = item.undoUntil ? Math.round((Date.parse(item.undoUntil) - Date.parse(item.at)) / 1000) : 0
    const undo = async () => {
      try {
        await ticketApi.undo(ticket.id, item.id)
        void client.invalidateQueries({ queryKey: keys.timeline(ticket.id) })
        void client.invalidateQueries({ queryKey: keys.ticket(ticket.id) })
        // What was begun since stays, below.
        restore(old => ({
          ...written,
          note: old.note,
          reply: isBlank(old.reply) ? written.reply : written.reply + old.reply,
          attachments: [...written.attachments, ...old.attachments],
          actions: { ...old.actions, reply: planned(written.actions?.reply ?? [], old.actions?.reply ?? []) },
          sendKey: undefined,
        }))
        toast(t('said.unsent'))
        ends.giveBack()
      } catch (cause) {
        toast(
          cause instanceof ApiError && cause.code === 'already-sent'
            ? t('error.alreadySent')
            : t('error.offline'),
          { tone: 'error' },
        )
      }
    }
    const status = then ?? plannedStatus(actions)
    const sent = t(
      status === 'solved' ? 'said.sentSolved' : status === 'pending' ? 'said.sentPending' : 'said.sent',
    )
    const others = actions.filter(it => it.kind !== 'status' || (then === undefined && it.value === 'open'))
    toast([sent, ...others.map(named)].join(' · '), seconds > 0 ? { undo, seconds } : {})
  }

  const send = async (then: Then, seen = seenSeq(), fresh = false) => {
    if (busy) return
    setBusy(true)
    setMoved(null)
    const key = fresh ? newKey() : (draft.sendKey ?? newKey())
    let asked = false
    try {
      if (draft.mode === 'note') await sendNote()
      else {
        restore({ sendKey: key })
        await sendReply(then, seen, key)
      }
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
      if (cause.code === 'thread-moved') {
        const found = cause.problem.items ?? cause.problem.current
        const items = Array.isArray(found) ? (found as TimelineItem[]) : []
        items.forEach(item => putItem(client, item))
        void client.invalidateQueries({ queryKey: keys.timeline(ticket.id) })
        asked = true
        if (!here.current) ends.leftUnsent()
        setMoved({
          seq: Math.max(Number(cause.problem.seq ?? 0), seen, ...items.map(it => it.seq)),
          items,
          then,
        })
      } else if (cause.code === 'opted-out') {
        setBlocked(channel)
        if (!here.current) ends.leftUnsent()
        void client.invalidateQueries({ queryKey: keys.customer(ticket.customerId) })
      } else {
        if (cause.status === 0) restore({ sendKey: key })
        toast(cause.status === 0 ? t('error.notSent') : cause.message, { tone: 'error', seconds: 7 })
      }
    } finally {
      setBusy(false)
      if (!asked) ends.giveBack()
    }
  }
  return {
    busy,
    moved,
    send,
    keepEditing: () => setMoved(null),
    blocked: blocked === channel,
  }
}
