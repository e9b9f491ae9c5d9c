import { mergeAttributes, Node, type Editor } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { EditorState } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'

/** A named colleague inside a note; the id travels with the text. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({
    id: {
      parseHTML: node => node.getAttribute('data-mention'),
      renderHTML: values => ({ 'data-mention': String(values.id) }),
    },
    label: { parseHTML: node => node.textContent.replace(/^@/, ''), renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: 'span[data-mention]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes),
    `@${String(node.attrs.label)}`,
  ],
  renderText: ({ node }) => `@${String(node.attrs.label)}`,
})

export function extensions(placeholder: () => string) {
  return [
    StarterKit.configure({
      heading: false,
      horizontalRule: false,
      underline: false,
      link: {
        openOnClick: false,
        autolink: true,
        defaultProtocol: 'https',
        HTMLAttributes: { rel: 'noopener noreferrer' },
      },
    }),
    Placeholder.configure({ placeholder }),
    Mention,
  ]
}

export type Sign = '/' | '#' | '?' | '@'
export interface Trigger {
  sign: Sign
  query: string
  from: number
  to: number
}

/** What is being asked for at the cursor: a sign at the start of a word, and what follows it. */
export function triggerIn(before: string, cursor: number, mode: 'reply' | 'note'): Trigger | null {
  const hit = /(?:^|\s)([/#?@])([^\s/#?@]{0,40})$/.exec(before)
  if (hit === null) return null
  const sign = hit[1] as Sign
  const query = hit[2] ?? ''
  if (sign === '@' && mode === 'reply') return null
  if (sign === '?' && query === '') return null
  return { sign, query, from: cursor - query.length - 1, to: cursor }
}

/** Shows other words. What was there cannot be brought back by undoing: it was another draft's, or has been sent. */
export function fill(editor: Editor | null, html: string): void {
  const here = alive(editor)
  if (here === null) return
  here.commands.setContent(html, { emitUpdate: false })
  const { doc, selection, plugins } = here.state
  here.view.updateState(EditorState.create({ doc, selection, plugins }))
}

/**
 * The editor while it can be spoken to. A page that was hidden and is shown again gets a new one, while what was drawn
 * before still holds the one that is gone.
 */
export function alive(editor: Editor | null): Editor | null {
  return editor === null || editor.isDestroyed ? null : editor
}
