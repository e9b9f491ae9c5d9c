import type { MacroAction } from '@/api-types'

/** What is written and not yet sent, kept in this browser per ticket, so that a reload loses nothing. */
export interface Draft {
  mode: 'reply' | 'note'
  reply: string
  note: string
  channel?: string
  to?: string[]
  cc?: string[]
  bcc?: string[]
  attachments: { id: string; name: string; type: string; sizeBytes: number }[]
  /** A macro's actions, chosen together with its text. */
  actions?: Partial<Record<'reply' | 'note', MacroAction[]>>
  /** The key of the send that was tried last; a repeat after a lost answer uses it again. */
  sendKey?: string
  savedAt?: number
}

export type DraftChange = Partial<Draft> | ((old: Draft) => Partial<Draft>)

const prefix = 'switchboard.draft.'
export const emptyDraft: Draft = { mode: 'reply', reply: '', note: '', attachments: [] }

export function isBlank(html: string): boolean {
  return html.replace(/<(?!img|span data-mention)[^>]*>/g, '').replace(/&nbsp;|\s/g, '') === ''
}

export function readDraft(ticketId: string): Draft {
  try {
    const saved = localStorage.getItem(prefix + ticketId)
    return saved === null ? emptyDraft : { ...emptyDraft, ...(JSON.parse(saved) as Partial<Draft>) }
  } catch {
    return emptyDraft
  }
}

/** Saves, or forgets when nothing worth keeping is left. Says whether the browser had room. */
export function writeDraft(ticketId: string, draft: Draft): boolean {
  try {
    if (isBlank(draft.reply) && isBlank(draft.note) && draft.attachments.length === 0) {
      localStorage.removeItem(prefix + ticketId)
    } else {
      localStorage.setItem(prefix + ticketId, JSON.stringify({ ...draft, savedAt: Date.now() }))
    }
    return true
  } catch {
    return false
  }
}

export function hasDraft(ticketId: string): boolean {
  return localStorage.getItem(prefix + ticketId) !== null
}

export function patched(old: Draft, patch: DraftChange): Draft {
  return { ...old, ...(typeof patch === 'function' ? patch(old) : patch) }
}

/** The composers that are there, by the ticket that they are for. */
const composers = new Map<string, (patch: DraftChange) => void>()

export function watchDraft(ticketId: string, take: (patch: DraftChange) => void): () => void {
  composers.set(ticketId, take)
  return () => {
    if (composers.get(ticketId) === take) composers.delete(ticketId)
  }
}

/** Changes a ticket's draft, whether or not its composer is there to show it. */
export function changeDraft(ticketId: string, patch: DraftChange): void {
  const composer = composers.get(ticketId)
  if (composer === undefined) writeDraft(ticketId, patched(readDraft(ticketId), patch))
  else composer(patch)
}

/** Words as paragraphs for the editor; nothing in them is taken as HTML. */
export function textToHtml(text: string): string {
  const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  return safe
    .split(/\n{2,}/)
    .map(part => `<p>${part.replace(/\n/g, '<br>')}</p>`)
    .join('')
}
