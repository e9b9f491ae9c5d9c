import { useCallback, useRef, useState } from 'react'
import { readDraft, writeDraft, type Draft } from '@/server/drafts'

export type DraftChange = Partial<Draft> | ((old: Draft) => Partial<Draft>)

/**
 * The draft of the open ticket. A change is kept before this returns, not with the next rendering: a reload right
 * after a key press loses nothing. A late change (an upload, the answer to a send) goes to its own ticket's draft,
 * whichever is open by then.
 */
export function useDraft(ticketId: string) {
  const [state, setState] = useState(() => ({ ticketId, draft: readDraft(ticketId), kept: true }))
  const current = state.ticketId === ticketId ? state : { ticketId, draft: readDraft(ticketId), kept: true }
  if (current !== state) setState(current)
  const newest = useRef(current)
  if (newest.current.ticketId !== ticketId) newest.current = current
  const change = useCallback(
    (patch: DraftChange) => {
      const open = newest.current.ticketId === ticketId
      const old = open ? newest.current.draft : readDraft(ticketId)
      const draft = { ...old, ...(typeof patch === 'function' ? patch(old) : patch) }
      const next = { ticketId, draft, kept: writeDraft(ticketId, draft) }
      if (!open) return
      newest.current = next
      setState(next)
    },
    [ticketId],
  )
  return { draft: current.draft, kept: current.kept, change }
}
