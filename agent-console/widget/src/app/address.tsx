import { useState } from 'preact/hooks'
import type { Chat, View } from './chat'
import type { Translate, Word } from './words'

/** Nobody is here: a message may be left, and an address to answer to. */
export function Away({
  chat,
  notice,
  t,
  withMessage,
}: {
  chat: Chat
  notice: Word | null
  t: Translate
  withMessage?: boolean
}) {
  const [text, setText] = useState(chat.draft)
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (withMessage) {
      chat.draft = ''
      chat.send(text)
    }
    chat.contact(email, name)
  }
  return (
    <form class="card form" onSubmit={submit}>
      <h2>{t(withMessage ? 'leaveMessage' : 'awayTitle')}</h2>
      {withMessage && (
        <label>
          {t('message')}
          <textarea
            data-first
            rows={4}
            required
            maxLength={4000}
            value={text}
            onInput={(event) => setText((chat.draft = event.currentTarget.value))}
          />
        </label>
      )}
      <label>
        {t('email')}
        <input
          type="email"
          required
          autocomplete="email"
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
      </label>
      <label>
        {t('name')}
        <input
          autocomplete="name"
          maxLength={100}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      {notice && (
        <p class="notice" role="alert">
          {t(notice)}
        </p>
      )}
      <button type="submit" class="primary">
        {t(withMessage ? 'leave' : 'keep')}
      </button>
    </form>
  )
}

/** The address is proven by a code that is mailed to it. */
export function Confirm({ chat, view, t }: { chat: Chat; view: View; t: Translate }) {
  const [email, setEmail] = useState(view.contact ?? '')
  const [code, setCode] = useState('')
  const coding = view.step === 'code'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (coding) chat.code(code)
    else chat.identifyBy(email)
  }
  return (
    <form class="card form" onSubmit={submit}>
      <h2>{t('confirm')}</h2>
      <p class="quiet">{coding ? t('codeSent', { email: view.codeFor ?? '' }) : t('confirmWhy')}</p>
      {coding ? (
        <label key="code">
          {t('code')}
          <input
            class="code"
            data-first
            autofocus
            inputMode="numeric"
            autocomplete="one-time-code"
            pattern="[0-9]{6}"
            maxLength={6}
            required
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
      ) : (
        <label key="email">
          {t('email')}
          <input
            type="email"
            data-first
            autofocus
            required
            autocomplete="email"
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
      )}
      {view.notice && (
        <p class="notice" role="alert">
          {t(view.notice)}
        </p>
      )}
      <div class="row">
        <button type="button" class="plain" onClick={() => chat.ask('none')}>
          {t('back')}
        </button>
        <button type="submit" class="primary">
          {t(coding ? 'checkCode' : 'sendCode')}
        </button>
      </div>
    </form>
  )
}
