// The visitor's side of the demo: who is played, and what is taken out of the pocket.
import { byId, list, recall, remember, say } from '/demo/files/store.js'
import { compose, look, playMail } from '/demo/files/mail.js'

const LOOK_EVERY_MS = 3000
const body = document.body
const lang = document.documentElement.lang
let player = null
let textsKnown = null
let cast = []
let dialling = false

for (const element of document.querySelectorAll('[data-show]')) {
  element.addEventListener('click', () => {
    dialling = 'dial' in element.dataset
    if (dialling) byId('handset').removeAttribute('src')
    show(element.dataset.show)
  })
}
for (const element of document.querySelectorAll('[data-ask]')) {
  element.addEventListener('click', () => {
    show('mail')
    compose({ to: body.dataset.support, subject: element.dataset.ask })
  })
}
byId('open-chat').addEventListener('click', () => window.Switchboard?.open?.())
byId('open-chat').hidden = !document.querySelector('script[data-key]')
byId('player').addEventListener('change', event => play(event.target.value))
for (const tab of document.querySelectorAll('[role=tab]')) {
  tab.addEventListener('keydown', event => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const other = tab.id === 'tab-phone' ? 'mail' : 'phone'
    show(other)
    byId('tab-' + other).focus()
  })
}

show('shop')
choose()

async function choose() {
  cast = (await list('/demo/api/cast')) ?? []
  if (!cast.length) return void setTimeout(choose, LOOK_EVERY_MS)
  const languages = [...new Set(cast.map(one => one.language))]
    .sort((a, b) => (b === lang) - (a === lang))
  for (const language of languages) {
    const group = document.createElement('optgroup')
    group.label = language.startsWith('zh') ? '中文' : 'English'
    for (const one of cast.filter(one => one.language === language)) group.append(new Option(one.name, one.key))
    byId('player').append(group)
  }
  const known = cast.find(one => one.key === recall('player:' + lang, ''))
  play((known ?? cast.find(one => one.language === lang) ?? cast[0]).key)
  watch()
}

function play(key) {
  player = cast.find(one => one.key === key)
  remember('player:' + lang, key)
  byId('player').value = key
  byId('contact').textContent = `${player.email} · ${player.phone}`
  byId('handset').removeAttribute('src')
  textsKnown = null
  news('phone', false)
  playMail(player)
  showHandset()
  vouch(key)
}

// As a shop does for whoever is signed in: its server vouches for them. Calls wait until the widget is there.
async function vouch(key) {
  const answer = await fetch(`/demo/api/cast/${encodeURIComponent(key)}/identity`)
  if (!answer.ok || player.key !== key || !document.querySelector('script[data-key]')) return
  const { jwt } = await answer.json()
  if (window.Switchboard?.identify) window.Switchboard.identify(jwt)
  else window.Switchboard = [['identify', jwt]]
}

function show(view) {
  body.dataset.view = view
  if (view !== 'shop') body.dataset.tab = view
  for (const element of document.querySelectorAll('.views button')) {
    element.setAttribute('aria-current', String(element.dataset.show === view))
  }
  for (const name of ['phone', 'mail']) {
    const on = body.dataset.tab === name
    byId(name).hidden = !on
    byId('tab-' + name).setAttribute('aria-selected', String(on))
    byId('tab-' + name).tabIndex = on ? 0 : -1
  }
  if (view === 'phone') news('phone', false)
  showHandset()
}

// The handset is another origin's page; it is loaded when it is first seen.
function showHandset() {
  const { carrier } = body.dataset
  const handset = byId('handset')
  byId('no-phone').hidden = Boolean(carrier)
  handset.hidden = !carrier
  if (!carrier || !player || handset.hasAttribute('src') || handset.getClientRects().length === 0) return
  const asked = { number: player.phone, lang, ...(dialling && { view: 'phone' }) }
  handset.src = `${carrier}/handset/?${new URLSearchParams(asked)}${dialling ? '#phone' : ''}`
  dialling = false
}

function news(name, on) {
  for (const element of document.querySelectorAll(`.views [data-show=${name}], #tab-${name}`)) {
    element.toggleAttribute('data-news', on)
    element.title = on ? say('news') : ''
  }
}

const seen = name => byId(name).getClientRects().length > 0

async function lookAtMail() {
  news('mail', (await look()) > 0)
}

async function watch() {
  if (!document.hidden) {
    const who = player
    await lookAtMail()
    const texts = await list(`/demo/api/phones/${encodeURIComponent(who.phone)}/messages`)
    if (texts && who === player) {
      if (textsKnown !== null && texts.length > textsKnown && !seen('phone')) news('phone', true)
      textsKnown = texts.length
    }
  }
  setTimeout(watch, LOOK_EVERY_MS)
}
document.addEventListener('visibilitychange', () => document.hidden || lookAtMail())
document.addEventListener('mail-read', lookAtMail)
matchMedia('(max-width: 860px)').addEventListener('change', showHandset)
