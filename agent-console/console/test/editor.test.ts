import { Editor } from '@tiptap/core'
import { expect, test } from 'vitest'
import { alive, extensions } from '@/features/composer/editor'

test('an editor that is gone is not spoken to', () => {
  const editor = new Editor({ element: document.createElement('div'), extensions: extensions(() => '') })
  expect(alive(editor)).toBe(editor)
  alive(editor)?.commands.setContent('<p>words</p>')
  expect(editor.getText()).toBe('words')
  editor.destroy()
  expect(() => editor.commands).toThrow()
  expect(alive(editor)).toBeNull()
  expect(alive(null)).toBeNull()
})
