import { useCallback, useEffect, useRef, useState } from 'react'
import { changeDraft, patched, readDraft, watchDraft, writeDraft, type DraftChange } from '@/server/drafts'

/**
 * The draft of one ticket, while its composer is there. A change is kept before this returns, not with the next
 * rendering: a reload right after a key press loses nothing. A change that comes late (an upload, the answer to a
 * send) finds the draft also when this composer is gone.
 *
 * `told` counts the times that the words were changed from elsewhere than by `change`: they are to be drawn anew.
 */
export function useDraft(ticketId: string) {
  const [state, setState] = useState(() => ({ draft: readDraft(ticketId), kept: true, told: 0 }))
  const newest = useRef(state)
  const here = useRef(false)
  const take = useCallback(
    (patch: DraftChange, fromElsewhere: boolean) => {
      const old = newest.current
      const draft = patched(old.draft, patch)
      const told = fromElsewhere && (draft.reply !== old.draft.reply || draft.note !== old.draft.note)
      newest.current = { draft, kept: writeDraft(ticketId, draft), told: old.told + (told ? 1 : 0) }
      setState(newest.current)
    },
    [ticketId],
  )
  useEffect(() => {
    here.current = true
    const unwatch = watchDraft(ticketId, patch => take(patch, true))
    return () => {
      here.current = false
      unwatch()
    }
  }, [ticketId, take])
  const change = useCallback(
    (patch: DraftChange) => (here.current ? take(patch, false) : changeDraft(ticketId, patch)),
    [ticketId, take],
  )
  return { ...state, change }
}
