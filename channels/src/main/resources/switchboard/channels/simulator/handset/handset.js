// One telephone: its texts and its call, shown from the state that the carrier streams.
import { locale, say } from '/handset/words.js'

const raw = new URLSearchParams(location.search).get('number') || '+15551230001'
const number = raw.trim().replace(/^(?=\d)/, '+')
const api = '/handset/api/phones/' + encodeURIComponent(number)
const byId = id => document.getElementById(id)
let tab = 'messages'
let lastCall = null
let shownTexts = ''
let shownLines = ''

document.documentElement.lang = locale
document.title = number
byId('number').textContent = number
byId('connection').textContent = say('connecting')
byId('text').placeholder = say('writeHere')
byId('words').placeholder = say('sayHere')
for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word)
byId('pad').setAttribute('aria-label', say('pad'))
for (const key of '123456789*0#') byId('pad').append(button(key, () => act('digits', { digits: key })))

byId('tab-messages').addEventListener('click', () => show('messages'))
byId('tab-phone').addEventListener('click', () => show('phone'))
for (const element of document.querySelectorAll('[data-act]')) {
  element.addEventListener('click', () => act(element.dataset.act, {}))
}
byId('outcome').addEventListener('change', event => act('outcome', { calls: event.target.value }))
byId('composer').addEventListener('submit', event => submit(event, byId('text'), 'messages'))
byId('speech').addEventListener('submit', event => submit(event, byId('words'), 'speech'))
byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event, byId('text'), 'messages')
})
show(location.hash === '#phone' ? 'phone' : 'messages')
listen()

function listen() {
  const events = new EventSource(api + '/events')
  events.onmessage = event => {
    byId('connection').textContent = say('online')
    render(JSON.parse(event.data))
  }
  events.onerror = () => {
    byId('connection').textContent = say('offline')
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000)
  }
}

async function submit(event, field, action) {
  event.preventDefault()
  const text = field.value.trim()
  if (text && await act(action, { text })) field.value = ''
  field.focus()
}

// What comes of it is shown by the stream alone: the answer may be older than what the stream has brought.
async function act(action, body) {
  const answer = await fetch(`${api}/${action}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  }).catch(() => null)
  const problem = byId('problem')
  problem.hidden = Boolean(answer?.ok)
  problem.textContent = answer?.status === 404 ? say('wrongNumber') : say('failed')
  return Boolean(answer?.ok)
}

function show(name) {
  tab = name
  for (const one of ['messages', 'phone']) {
    byId(one).hidden = one !== name
    byId('tab-' + one).setAttribute('aria-selected', String(one === name))
  }
  toEnd(byId(name === 'messages' ? 'thread' : 'lines'))
}

function render(state) {
  renderTexts(state.messages)
  renderCall(state.call)
  byId('outcome').value = state.outcome
}

function renderTexts(texts) {
  const now = JSON.stringify(texts)
  if (now === shownTexts) return
  if (shownTexts && tab !== 'messages') byId('tab-messages').dataset.news = 'yes'
  shownTexts = now
  byId('thread').replaceChildren(...texts.length ? texts.map(bubble) : [line('empty', say('empty'))])
  toEnd(byId('thread'))
  if (tab === 'messages') delete byId('tab-messages').dataset.news
}

function bubble(text) {
  const item = line(text.direction, text.text)
  const at = document.createElement('time')
  at.dateTime = text.at
  at.textContent = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(text.at))
  item.append(at)
  return item
}

function renderCall(call) {
  const live = call !== null && call.place !== 'ended'
  const incoming = live && call.place === 'ringing' && call.direction === 'incoming'
  if (live && call.sid !== lastCall) show('phone')
  lastCall = call?.sid ?? null
  byId('call').dataset.place = call?.place ?? 'none'
  byId('with').textContent = call ? call.with : say('company')
  byId('place').textContent = call ? placeOf(call) + (call.muted ? ` · ${say('muted')}` : '') : say('ready')
  byId('incoming').hidden = !incoming
  byId('speech').hidden = !live || call.place === 'ringing'
  byId('dial').hidden = live
  byId('hangup').hidden = !live || incoming
  const now = JSON.stringify(call?.lines ?? [])
  if (now !== shownLines) {
    shownLines = now
    byId('lines').replaceChildren(...(call?.lines ?? []).map(spoken))
    toEnd(byId('lines'))
  }
}

function placeOf(call) {
  if (call.place === 'ringing') return say(call.direction === 'incoming' ? 'ringingIn' : 'ringingOut')
  return say(call.queued && call.place === 'listening' ? 'queued' : call.place)
}

function spoken(heard) {
  const item = line(heard.who, heard.text)
  const who = document.createElement('span')
  who.textContent = say(heard.who)
  item.prepend(who)
  return item
}

function line(kind, text) {
  const item = document.createElement('li')
  item.className = kind
  const words = document.createElement('p')
  words.textContent = text
  item.append(words)
  return item
}

function button(label, press) {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = label
  element.addEventListener('click', press)
  return element
}

function toEnd(list) {
  list.scrollTop = list.scrollHeight
}
