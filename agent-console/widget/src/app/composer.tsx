import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Chat, View } from './chat'
import { Icon } from './icons'
import type { Translate } from './words'

const TEXT_CHARS_MAX = 4000
const HEIGHT_PX_MAX = 140

/** Enter sends, Shift+Enter breaks the line; an Enter that ends a composition (Chinese, Japanese) does neither. */
export function Composer({ chat, view, t }: { chat: Chat; view: View; t: Translate }) {
  const [text, setText] = useState(chat.draft)
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const el = field.current
    if (!el) return
    el.style.height = 'auto'
    el.style.height = `${Math.min(HEIGHT_PX_MAX, el.scrollHeight)}px`
  }, [text])

  const send = () => {
    if (!text.trim()) return
    chat.send(text)
    setText((chat.draft = ''))
    field.current?.focus()
  }
  const keyed = (event: KeyboardEvent) => {
    // 229: Safari says that the composition has ended before it hands over the key that ended it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    send()
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class="field">
        <textarea
          dir="auto"
          ref={field}
          data-first
          rows={1}
          value={text}
          maxLength={TEXT_CHARS_MAX}
          placeholder={t('write')}
          aria-label={t('write')}
          onInput={(event) => {
            setText((chat.draft = event.currentTarget.value))
            chat.typing()
          }}
          onKeyDown={keyed}
        />
        <button type="submit" class="send" aria-label={t('send')} disabled={!text.trim()}>
          <Icon name="send" />
        </button>
      </div>
      {!view.signed && !view.email && view.lines.length > 0 && (
        <button type="button" class="link" onClick={() => chat.ask('address')}>
          <Icon name="mail" /> {t('confirm')}
        </button>
      )}
    </form>
  )
}
