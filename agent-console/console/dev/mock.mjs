// A development server without a backend: the built console, the API with data in memory, and the stream.
// node dev/mock.mjs [port]; sign in with admin@demo.test / demo. Options: CALL=1 rings once, MOVE=1 lets a reply find a moved thread.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  agents,
  ago,
  articles,
  categories,
  customers,
  decisions,
  macros,
  teams,
  thread,
  tickets,
} from './data.mjs'

const root = fileURLToPath(new URL('../../target/classes/switchboard/web/console/', import.meta.url))
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const threads = new Map()
const threadOf = id => threads.get(id) ?? threads.set(id, thread(tickets.find(it => it.id === id))).get(id)
const sockets = new Set()
let seq = 1000
let moved = process.env.MOVE === '1'
const me = agents[0]
const calls =
  process.env.CALL === '1'
    ? [
        {
          id: 'call1',
          callSid: 'CA1',
          direction: 'inbound',
          state: 'offered',
          customer: { id: 'c7', name: 'Yuki Tanaka' },
          number: '+81355501222',
          agent: { id: 'a1', name: 'Sofia Rossi' },
          ticketId: 't7',
          startedAt: ago(0.2),
          answeredAt: null,
        },
      ]
    : []

class Refusal extends Error {
  constructor(status, code, detail, more = {}) {
    super(detail)
    Object.assign(this, { status, code, more })
  }
}
const find = (list, id) =>
  list.find(it => it.id === id) ??
  (() => {
    throw new Refusal(404, 'not-found', 'Not found')
  })()
const views = {
  mine: it => it.assignee?.id === 'a1' && it.status !== 'solved',
  unassigned: it => it.assignee === null && it.status !== 'solved',
  mentions: it => it.id === 't3',
  open: it => it.status === 'open',
  pending: it => it.status === 'pending',
  snoozed: it => it.status === 'snoozed',
  solved: it => it.status === 'solved',
  all: () => true,
  chats: it => it.channel === 'chat' && it.status === 'open',
  calls: it => it.channel === 'phone' && it.status === 'open',
}
const counts = () =>
  Object.entries(views).map(([view, test]) => ({
    view,
    count: tickets.filter(test).length,
    unread: tickets.filter(it => test(it) && it.unread).length,
  }))
const page = (list, url) => {
  const from = Number(url.searchParams.get('after') ?? 0)
  const limit = Number(url.searchParams.get('limit') ?? 50)
  return {
    items: list.slice(from, from + limit),
    next: from + limit < list.length ? String(from + limit) : null,
  }
}
const tell = change => {
  for (const socket of sockets) send(socket, change)
}
const touch = (ticket, type = 'ticket.changed', more = {}) => {
  Object.assign(ticket, { version: ticket.version + 1, updatedAt: ago(0) })
  tell({ seq: ++seq, type, ticketId: ticket.id, ticket, ...more })
}
const say = (ticketId, rest) => {
  const list = threadOf(ticketId)
  const item = {
    ...list[0],
    seq: ++seq,
    id: `x${seq}`,
    at: ago(0),
    foldedText: '',
    signature: '',
    attachments: [],
    flags: [],
    contentUrl: null,
    actor: { type: 'agent', id: 'a1', name: me.name },
    ...rest,
    visibleText: rest.text,
  }
  list.push(item)
  return item
}

const routes = [
  [
    'POST',
    '/session',
    ({ body }) => {
      if (body.password !== 'demo') throw new Refusal(401, 'unauthorized', 'Wrong')
      return { token: 't', agent: me }
    },
  ],
  [
    'GET',
    '/session',
    ({ cookie }) => {
      if (!cookie) throw new Refusal(401, 'unauthorized', 'Signed out')
      return {
        agent: me,
        settings: { companyName: 'Northwind', locales: ['en', 'zh-CN'], undoSeconds: 10, demo: true },
      }
    },
  ],
  ['DELETE', '/session', () => null],
  ['GET', '/agents', () => ({ items: agents })],
  ['PATCH', '/agents/me', ({ body }) => Object.assign(me, body)],
  [
    'PATCH',
    '/agents/:id',
    ({ id, body }) => Object.assign(find(agents, id), { ...body, teams: agents[0].teams }),
  ],
  ['PUT', '/agents/me/status', ({ body }) => Object.assign(me, body)],
  ['GET', '/teams', () => ({ items: teams })],
  ['GET', '/skills', () => ({ items: ['billing', 'returns', 'chinese', 'english'].map(name => ({ name })) })],
  ['GET', '/views', () => ({ items: counts() })],
  [
    'GET',
    '/tickets',
    ({ url }) => {
      const get = name => url.searchParams.get(name)
      const q = get('q')?.toLowerCase()
      return page(
        tickets.filter(
          it =>
            (views[get('view')] ?? views.all)(it) &&
            (!get('status') || it.status === get('status')) &&
            (!get('channel') || it.channel === get('channel')) &&
            (!get('team') || it.team?.id === get('team')) &&
            (!get('assignee') || it.assignee?.id === get('assignee')) &&
            (!get('customer') || it.customerId === get('customer')) &&
            (!q || `${it.subject} ${it.lastMessage.preview}`.toLowerCase().includes(q)),
        ),
        url,
      )
    },
  ],
  [
    'POST',
    '/tickets',
    ({ body }) => {
      const fresh = {
        ...tickets[4],
        id: `n${++seq}`,
        number: 48300 + seq,
        subject: body.subject,
        channel: body.channel === 'note' ? 'email' : body.channel,
        unread: false,
      }
      tickets.unshift(fresh)
      return fresh
    },
  ],
  ['GET', '/tickets/:id', ({ id }) => find(tickets, id)],
  [
    'PATCH',
    '/tickets/:id',
    ({ id, body }) => {
      const ticket = find(tickets, id)
      if (body.version !== ticket.version) throw new Refusal(409, 'stale', 'Somebody else changed it')
      const { version, assignee, team, ...rest } = body
      Object.assign(
        ticket,
        rest,
        assignee === undefined ? {} : { assignee: agents.find(it => it.id === assignee) ?? null },
        team === undefined ? {} : { team: teams.find(it => it.id === team) },
      )
      touch(ticket)
      return ticket
    },
  ],
  ['GET', '/tickets/:id/timeline', ({ id }) => ({ items: [...threadOf(id)].reverse(), next: null })],
  [
    'GET',
    '/tickets/:id/lines',
    ({ id }) => {
      const asked = tickets.find(it => it.id === id)
      const known = customers.find(it => it.id === asked?.customerId)?.identities ?? []
      const channels = { email: 'email', phone: 'sms', chat: 'chat' }
      const items = known.filter(it => it.kind in channels)
      return { items: items.map(it => ({ channel: channels[it.kind], from: '', to: [it.value] })), next: null }
    },
  ],
  ['GET', '/tickets/:id/routing', ({ id }) => ({ items: id === 't2' ? [] : decisions })],
  [
    'POST',
    '/tickets/:id/replies',
    ({ id, body }) => {
      if (body.text.includes('optout'))
        throw new Refusal(409, 'opted-out', 'The customer sent STOP on 3 March.')
      if (moved) {
        moved = false
        throw new Refusal(409, 'thread-moved', 'The thread moved', {
          seq: seq + 1,
          items: [
            say(id, {
              channel: 'email',
              direction: 'inbound',
              kind: 'message',
              text: 'Never mind, the money has just arrived!',
              actor: { type: 'customer', name: 'Priya Lovelace' },
            }),
          ],
        })
      }
      const item = say(id, {
        channel: body.channel ?? 'email',
        direction: 'outbound',
        kind: 'message',
        status: 'queued',
        text: body.text,
        to: body.to ?? ['priya@example.com'],
        from: 'support@demo.test',
        undoUntil: new Date(Date.now() + 10_000).toISOString(),
      })
      const ticket = find(tickets, id)
      Object.assign(
        ticket,
        {
          waitingSince: null,
          lastMessage: { at: item.at, direction: 'outbound', channel: item.channel, preview: body.text },
        },
        body.thenStatus ? { status: body.thenStatus } : {},
      )
      touch(ticket, 'message.sent', { item })
      setTimeout(() => {
        item.status = 'delivered'
        tell({ seq: ++seq, type: 'message.status', ticketId: id, item })
      }, 3000)
      return item
    },
  ],
  [
    'DELETE',
    '/tickets/:id/replies/:other',
    ({ id, other }) => {
      threads.set(
        id,
        threadOf(id).filter(it => it.id !== other),
      )
      return null
    },
  ],
  [
    'POST',
    '/tickets/:id/notes',
    ({ id, body }) => say(id, { channel: 'email', direction: 'internal', kind: 'note', text: body.text }),
  ],
  [
    'POST',
    '/tickets/:id/read',
    ({ id }) => {
      const ticket = find(tickets, id)
      ticket.unread = false
      touch(ticket)
      return null
    },
  ],
  ['PUT', '/tickets/:id/presence', () => null],
  ['POST', '/messages/:id/retry', () => null],
  [
    'GET',
    '/messages/:id/delivery',
    () => ({
      items: [
        { at: ago(122), status: 'queued', detail: null },
        { at: ago(121), status: 'sent', detail: '250 accepted by mx.example.com' },
        { at: ago(120), status: 'bounced', detail: '550 5.1.1 no such user' },
      ],
    }),
  ],
  [
    'POST',
    '/attachments',
    () => ({ id: `f${++seq}`, name: 'screenshot.png', type: 'image/png', sizeBytes: 12345 }),
  ],
  [
    'GET',
    '/customers',
    ({ url }) =>
      page(
        customers.filter(it =>
          JSON.stringify(it)
            .toLowerCase()
            .includes((url.searchParams.get('q') ?? '').toLowerCase()),
        ),
        url,
      ),
  ],
  ['GET', '/customers/:id', ({ id }) => find(customers, id)],
  ['PATCH', '/customers/:id', ({ id, body }) => Object.assign(find(customers, id), body)],
  [
    'POST',
    '/customers/:id/suggestions/:other/:verb',
    ({ id }) => {
      find(customers, id).suggestions = []
      return null
    },
  ],
  [
    'POST',
    '/customers/:id/identities',
    ({ id, body }) => {
      find(customers, id).identities.push({ id: `i${++seq}`, verified: false, ...body })
      return {}
    },
  ],
  [
    'GET',
    '/customers/:id/timeline',
    ({ id, url }) => {
      const ticket = tickets.find(it => it.customerId === id)
      const channel = url.searchParams.get('channel')
      return {
        items: threadOf(ticket.id)
          .filter(it => !channel || it.channel === channel)
          .toReversed(),
        next: null,
      }
    },
  ],
  ['GET', '/calls', () => ({ items: calls.filter(it => it.state !== 'ended') })],
  [
    'POST',
    '/calls/:id/:verb',
    ({ id, other }) => {
      const call = find(calls, id)
      Object.assign(
        call,
        {
          state: { accept: 'active', decline: 'ended', hold: 'held', unhold: 'active', hangup: 'ended' }[other],
        },
        other === 'accept' ? { answeredAt: ago(0) } : {},
      )
      tell({ seq: ++seq, type: 'call.changed', call })
      return call
    },
  ],
  [
    'GET',
    '/search',
    ({ url }) => {
      const q = url.searchParams.get('q').toLowerCase()
      const mark = text =>
        text.replace(/[&<]/g, '').replace(new RegExp(q.replace(/\W/g, '.'), 'gi'), hit => `<mark>${hit}</mark>`)
      return {
        tickets: tickets
          .filter(it => `${it.number} ${it.subject}`.toLowerCase().includes(q))
          .slice(0, 5)
          .map(it => ({
            id: it.id,
            number: it.number,
            subject: it.subject,
            status: it.status,
            highlight: mark(it.lastMessage.preview),
          })),
        messages: threadOf('t1')
          .filter(it => it.text.toLowerCase().includes(q))
          .map(it => ({ ticketId: 't1', number: 48209, highlight: mark(it.text.slice(0, 120)), at: it.at })),
        customers: customers
          .filter(it => (it.name ?? '').toLowerCase().includes(q))
          .map(it => ({ id: it.id, name: it.name, highlight: it.identities[0]?.value })),
        articles: articles
          .filter(it => it.title.toLowerCase().includes(q))
          .map(it => ({ id: it.id, title: it.title, url: it.url, snippet: mark(it.body.slice(0, 80)) })),
      }
    },
  ],
  ['GET', '/macros', () => ({ items: macros })],
  [
    'POST',
    '/macros/:id/apply',
    ({ id }) => ({
      text: find(macros, id).text.replace('{{customer.name}}', 'Priya').replace('{{agent.name}}', me.name),
      html: null,
      actions: find(macros, id).actions,
      undefined: [],
    }),
  ],
  [
    'GET',
    '/articles',
    ({ url }) => ({
      items: articles.filter(
        it =>
          (!url.searchParams.get('status') || it.status === url.searchParams.get('status')) &&
          it.title.toLowerCase().includes((url.searchParams.get('q') ?? '').toLowerCase()),
      ),
    }),
  ],
  [
    'GET',
    '/articles/search',
    ({ url }) => ({
      items: articles
        .filter(
          it =>
            it.status === 'published' &&
            (url.searchParams.get('q') === '*' ||
              it.title.toLowerCase().includes(url.searchParams.get('q').toLowerCase())),
        )
        .map(it => ({ ...it, snippet: it.categoryId })),
    }),
  ],
  ['GET', '/categories', () => ({ items: categories })],
  ['GET', '/articles/:id', ({ id }) => find(articles, id)],
  [
    'PATCH',
    '/articles/:id',
    ({ id, body }) => Object.assign(find(articles, id), body, { version: body.version + 1 }),
  ],
  [
    'POST',
    '/articles/:id/:verb',
    ({ id, other }) =>
      Object.assign(find(articles, id), { status: other === 'publish' ? 'published' : 'archived' }),
  ],
  [
    'GET',
    '/mailboxes',
    () => ({
      items: [
        {
          id: 'm1',
          name: 'Support',
          address: 'support@demo.test',
          teamId: 'team-support',
          imap: { host: 'imap.demo.test', port: 993, tls: true, user: 'support' },
          smtp: { host: 'smtp.demo.test', port: 465, tls: true, user: 'support' },
          signature: 'The Northwind team',
          autoAcknowledge: false,
          version: 1,
        },
      ],
    }),
  ],
  [
    'POST',
    '/mailboxes/:id/test',
    () => ({ imap: { ok: true, detail: '' }, smtp: { ok: false, detail: '535 authentication failed' } }),
  ],
  [
    'GET',
    '/numbers',
    () => ({
      items: [
        {
          id: 'n1',
          number: '+15005550006',
          name: 'Main line',
          teamId: 'team-support',
          greeting: 'Welcome to Northwind.',
          menu: [
            { digit: '1', label: 'Orders', teamId: 'team-support' },
            { digit: '2', label: 'Billing', teamId: 'team-billing' },
          ],
          voicemail: true,
        },
      ],
    }),
  ],
  [
    'GET',
    '/widget',
    () => ({
      key: 'w1',
      name: 'Northwind',
      color: '#386ad2',
      greeting: 'Hi! How can we help?',
      teamId: 'team-support',
      allowedOrigins: [],
      snippet: '<script async src="https://help.example.com/widget.js" data-key="w1"></script>',
    }),
  ],
  [
    'GET',
    '/inbox',
    ({ url }) => ({
      items:
        url.searchParams.get('state') === 'quarantined'
          ? [
              {
                id: 'in1',
                channel: 'email',
                lane: 'support@demo.test',
                receivedAt: ago(55),
                state: 'quarantined',
                attempts: 3,
                error: 'IllegalStateException: multipart boundary never closed',
                summary: 'Fwd: [no subject]',
              },
            ]
          : [],
    }),
  ],
  ['GET', '/outbox', () => ({ items: [] })],
  ['POST', '/stream/ticket', () => ({ ticket: 'once' })],
]
function match(pattern, path) {
  const wanted = pattern.split('/')
  const got = path.split('/')
  if (wanted.length !== got.length) return null
  const values = {}
  for (let at = 0; at < wanted.length; at++) {
    if (wanted[at].startsWith(':')) values[wanted[at] === ':id' ? 'id' : 'other'] = decodeURIComponent(got[at])
    else if (wanted[at] !== got[at]) return null
  }
  return values
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://local')
  if (url.pathname.startsWith('/content/'))
    return response
      .writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups",
      })
      .end(
        '<body style="font:14px sans-serif;margin:8px"><p>The bank says that it <b>cannot see</b> any incoming payment yet. Is there a <a href="https://example.com" target="_blank">reference number</a> that I can give them?</p><table border=1 cellpadding=6 style="border-collapse:collapse"><tr><td>Order<td>48363<tr><td>Amount<td>€64.90</table></body>',
      )
  if (!url.pathname.startsWith('/api/v1/')) return page404(url.pathname, response)
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const body = request.headers['content-type']?.includes('json') && text ? JSON.parse(text) : {}
  for (const [method, pattern, work] of routes) {
    const values = method === request.method ? match(`/api/v1${pattern}`, url.pathname) : null
    if (values === null) continue
    try {
      if (method !== 'GET' && request.headers['x-switchboard'] !== '1')
        throw new Refusal(403, 'csrf', 'header missing')
      const answer = work({ ...values, body, url, cookie: request.headers.cookie?.includes('sb_session') })
      const cookie =
        pattern === '/session' && method !== 'GET'
          ? {
              'Set-Cookie':
                method === 'POST' ? 'sb_session=1; Path=/; HttpOnly' : 'sb_session=; Path=/; Max-Age=0',
            }
          : {}
      return response
        .writeHead(answer === null ? 204 : 200, { 'Content-Type': 'application/json', ...cookie })
        .end(answer === null ? undefined : JSON.stringify(answer))
    } catch (refusal) {
      return response
        .writeHead(refusal.status ?? 500, { 'Content-Type': 'application/problem+json' })
        .end(
          JSON.stringify({
            status: refusal.status,
            code: refusal.code,
            detail: refusal.message,
            ...refusal.more,
          }),
        )
    }
  }
  console.log('unknown', request.method, url.pathname)
  response
    .writeHead(404, { 'Content-Type': 'application/problem+json' })
    .end('{"status":404,"code":"not-found","detail":"No such route"}')
})
function page404(path, response) {
  const file = join(root, normalize(path.replace(/^\/console\/?/, '/')))
  if (path.startsWith('/console/') && extname(file) !== '' && existsSync(file))
    return response
      .writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
      .end(readFileSync(file))
  if (!path.startsWith('/console') || path.startsWith('/console/assets/')) return response.writeHead(404).end()
  const csp =
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-dev123'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws:; media-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  response
    .writeHead(200, { 'Content-Type': types['.html'], 'Content-Security-Policy': csp })
    .end(readFileSync(join(root, 'index.html'), 'utf8').replace('__CSP_NONCE__', 'dev123'))
}
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  sockets.add(socket)
  socket
    .on('close', () => sockets.delete(socket))
    .on('error', () => sockets.delete(socket))
    .on('data', () => {})
  send(socket, { since: seq })
  setTimeout(() => {
    send(socket, { presence: { ticketId: 't1', viewers: [{ id: 'a2', name: 'Liam Chen', state: 'typing' }] } })
    send(socket, { presence: { ticketId: 't4', viewers: [{ id: 'a3', name: '王小明', state: 'viewing' }] } })
  }, 400)
})
function send(socket, value) {
  const data = Buffer.from(JSON.stringify(value))
  const head =
    data.length < 126
      ? Buffer.from([0x81, data.length])
      : Buffer.from([0x81, 126, data.length >> 8, data.length & 255])
  if (data.length < 65_536 && !socket.destroyed) socket.write(Buffer.concat([head, data]))
}
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}/console/`),
)
