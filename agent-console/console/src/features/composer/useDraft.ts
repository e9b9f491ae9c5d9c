import { useCallback, useState } from 'react'
import { readDraft, writeDraft, type Draft } from '@/server/drafts'

/** The draft of the open ticket; every change is kept at once. */
export function useDraft(ticketId: string) {
  const [state, setState] = useState(() => ({ ticketId, draft: readDraft(ticketId), kept: true }))
  const current = state.ticketId === ticketId ? state : { ticketId, draft: readDraft(ticketId), kept: true }
  if (current !== state) setState(current)
  const change = useCallback(
    (patch: Partial<Draft>) =>
      setState(old => {
        if (old.ticketId !== ticketId) return old
        const draft = { ...old.draft, ...patch }
        return { ticketId, draft, kept: writeDraft(ticketId, draft) }
      }),
    [ticketId],
  )
  return { draft: current.draft, kept: current.kept, change }
}
