// A small mail program: what a customer received, as the mailbox has it, and what was sent from this browser.
import { byId, list, recall, remember, say } from '/demo/files/store.js'

const SENT_MAX = 50
const READ_MAX = 500
const QUOTE_LINES_MAX = 200
const { support, company } = document.body.dataset
const lang = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang
const day = new Intl.DateTimeFormat(lang, { month: 'short', day: 'numeric' })
const hour = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' })
let player = null
let received = []
let open = null
let thread = {}
let shown = ''

byId('write').addEventListener('click', () => compose({ to: support, subject: '' }))
byId('read-back').addEventListener('click', () => pane('mail-list'))
byId('write-back').addEventListener('click', () => pane(open ? 'mail-read' : 'mail-list'))
byId('reply').addEventListener('click', () => answer(open))
byId('mail-write').addEventListener('submit', send)
byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) byId('mail-write').requestSubmit()
})

export function playMail(who) {
  player = who
  received = []
  shown = ''
  notice('')
  pane('mail-list')
  look()
}

/** Fetches the mailbox; says how many mails are unread. */
export async function look() {
  const who = player
  if (!who) return 0
  const items = await list(`/demo/api/mailboxes/${encodeURIComponent(who.email)}/messages`)
  if (who !== player) return 0
  notice(items === null ? say('offline') : '', 'offline')
  if (items) received = items
  render()
  const read = new Set(recall('read:' + who.email, []))
  return received.filter(mail => !read.has(mail.at)).length
}

function render() {
  const read = new Set(recall('read:' + player.email, []))
  const sent = recall('sent:' + player.email, []).map(mail => ({ ...mail, sent: true }))
  const all = [...received, ...sent].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  const now = all.map(mail => `${mail.at}${read.has(mail.at)}${Boolean(mail.sent)}`).join()
  byId('no-mail').hidden = all.length > 0
  if (now === shown) return
  shown = now
  const held = [...byId('mails').children].findIndex(item => item.contains(document.activeElement))
  const key = byId('mails').children[held]?.dataset.at
  byId('mails').replaceChildren(...all.map(mail => row(mail, !mail.sent && !read.has(mail.at))))
  if (key) [...byId('mails').children].find(item => item.dataset.at === key)?.firstChild.focus()
}

function row(mail, unread) {
  const item = document.createElement('li')
  const button = element('button', unread ? 'row unread' : 'row')
  item.dataset.at = mail.at
  button.type = 'button'
  const who = mail.sent ? say('toWhom', { who: name(mail.to) }) : name(mail.from)
  button.append(element('span', 'who', who), element('time', 'when', when(mail.at)),
    element('span', 'subject', mail.subject || say('noSubject')),
    element('span', 'snippet', mail.text.replace(/\s+/g, ' ').slice(0, 120)))
  if (unread) button.append(element('span', 'unseen', say('unread')))
  button.addEventListener('click', () => read(mail))
  item.append(button)
  return item
}

function element(tag, kind, text = '') {
  const made = document.createElement(tag)
  made.className = kind
  made.textContent = text
  return made
}

const name = address => {
  const [local, domain] = address.toLowerCase().split('@')
  const [desk, home] = support.split('@')
  return domain === home && local.split('+')[0] === desk ? company : address
}

function when(at) {
  const date = new Date(at)
  return (date.toDateString() === new Date().toDateString() ? hour : day).format(date)
}

function read(mail) {
  open = mail
  if (!mail.sent) {
    const known = recall('read:' + player.email, [])
    remember('read:' + player.email, [...new Set([...known, mail.at])].slice(-READ_MAX))
  }
  render()
  document.dispatchEvent(new Event('mail-read'))
  byId('read-subject').textContent = mail.subject || say('noSubject')
  byId('read-who').textContent = mail.sent ? say('toWhom', { who: name(mail.to) })
    : say('fromWhom', { who: name(mail.from) === mail.from ? mail.from : `${name(mail.from)} <${mail.from}>` })
  byId('read-at').textContent = full.format(new Date(mail.at))
  byId('read-text').textContent = mail.text.trim()
  byId('reply').hidden = Boolean(mail.sent)
  pane('mail-read')
  byId('read-subject').focus()
}

function answer(mail) {
  const head = headers(mail.raw)
  const ids = head.references?.match(/<[^<>\s]+>/g) ?? head['in-reply-to']?.match(/<[^<>\s]+>/g) ?? []
  const id = head['message-id']?.match(/<[^<>\s]+>/)?.[0]
  const quote = mail.text.trim().split('\n').slice(0, QUOTE_LINES_MAX).map(line => '> ' + line).join('\n')
  const wrote = say('wrote', { at: full.format(new Date(mail.at)), who: mail.from })
  compose({
    to: address(head['reply-to']) || mail.from,
    subject: /^re:/i.test(mail.subject) ? mail.subject : 'Re: ' + mail.subject,
    text: `\n\n${wrote}\n${quote}`,
    thread: id ? { inReplyTo: id, references: [...ids.filter(one => one !== id), id].slice(-100) } : {},
  }, mail)
}

// Unfolded, by lower-case name; the first of a name counts (RFC 5322).
function headers(raw) {
  const head = raw.split(/\r?\n\r?\n/, 1)[0].replace(/\r?\n[ \t]+/g, ' ')
  const found = {}
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) found[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim()
  }
  return found
}

const address = value => value?.match(/<([^<>\s]+@[^<>\s]+)>/)?.[1] ?? value?.match(/[^\s,<>"]+@[^\s,<>"]+/)?.[0]

export function compose(draft, answered = null) {
  open = answered
  thread = draft.thread ?? {}
  byId('to').value = draft.to
  byId('subject').value = draft.subject
  byId('text').value = draft.text ?? ''
  byId('problem').hidden = true
  pane('mail-write')
  const first = draft.subject ? byId('text') : byId('subject')
  first.focus()
  if (first === byId('text')) first.setSelectionRange(0, 0)
}

async function send(event) {
  event.preventDefault()
  const who = player
  const button = byId('send')
  if (button.disabled) return
  const mail = { to: byId('to').value.trim(), subject: byId('subject').value.trim(), text: byId('text').value }
  button.disabled = true
  button.textContent = say('sending')
  const refused = await post(who, { ...mail, ...thread })
  button.disabled = false
  button.textContent = say('send')
  byId('problem').hidden = !refused
  byId('problem').textContent = refused
  if (refused) return
  const sent = [...recall('sent:' + who.email, []), { ...mail, at: new Date().toISOString() }]
  remember('sent:' + who.email, sent.slice(-SENT_MAX))
  if (who !== player) return
  open = null
  pane('mail-list')
  render()
  notice(say('sent'), 'sent')
}

/** Empty when the mail server has said 250; otherwise why it has not. */
async function post(who, mail) {
  const answer = await fetch(`/demo/api/mailboxes/${encodeURIComponent(who.email)}/send`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(mail),
  }).catch(() => null)
  if (answer?.ok) return ''
  const problem = await answer?.json().catch(() => null)
  return [say('failed'), problem?.detail].filter(Boolean).join(' ')
}

function pane(id) {
  for (const one of ['mail-list', 'mail-read', 'mail-write']) byId(one).hidden = one !== id
  if (id === 'mail-list') open = null
  else if (byId('mail-state').dataset.kind === 'sent') notice('')
}

// A look that succeeds takes back only what a look has said.
function notice(text, kind = '') {
  const state = byId('mail-state')
  if (!text && kind && state.dataset.kind !== kind) return
  state.dataset.kind = kind
  state.textContent = text
  state.hidden = !text
}
