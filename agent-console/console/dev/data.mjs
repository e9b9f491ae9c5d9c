// The company that the development server plays: a small shop, some of whose customers write Chinese.
const now = Date.now()
export const ago = minutes => new Date(Date.now() - minutes * 60_000).toISOString()

export const teams = [
  { id: 'team-support', name: 'Support', description: 'First answers', memberIds: ['a1', 'a2', 'a3'] },
  { id: 'team-billing', name: 'Billing', description: 'Invoices and refunds', memberIds: ['a2', 'a4'] },
  { id: 'team-china', name: '中文支持', description: '普通话客户', memberIds: ['a3'] },
]
const team = id => ({ id, name: teams.find(it => it.id === id).name })
const agent = (id, name, email, role, status, teamIds, skills, load) => ({
  id,
  name,
  email,
  role,
  status,
  language: 'en',
  phone: '+15005550011',
  signature: '',
  teams: teamIds.map(team),
  skills,
  capacity: 100,
  load,
  active: true,
  version: 1,
})
export const agents = [
  agent(
    'a1',
    'Sofia Rossi',
    'admin@demo.test',
    'admin',
    'available',
    ['team-support'],
    [{ name: 'returns', level: 4 }],
    55,
  ),
  agent(
    'a2',
    'Liam Chen',
    'liam@demo.test',
    'lead',
    'available',
    ['team-support', 'team-billing'],
    [
      { name: 'billing', level: 5 },
      { name: 'english', level: 5 },
    ],
    40,
  ),
  agent(
    'a3',
    '王小明',
    'wang@demo.test',
    'agent',
    'away',
    ['team-support', 'team-china'],
    [{ name: 'chinese', level: 5 }],
    10,
  ),
  agent(
    'a4',
    'Amara Okafor',
    'amara@demo.test',
    'agent',
    'offline',
    ['team-billing'],
    [{ name: 'billing', level: 3 }],
    0,
  ),
  { ...agent('a5', 'Ben Sørensen', 'ben@demo.test', 'agent', 'offline', [], [], 0), active: false },
]
const people = [
  ['Priya Lovelace', 'Northwind', 'priya@example.com', '+31205550148', 'en'],
  ['Mateo Costa', 'Ribeira Lda', 'mateo@example.com', '+351215550111', 'en'],
  ['陈美玲', '上海晨光贸易', 'meiling@example.cn', '+862155501234', 'zh-CN'],
  ['Omar Novak', null, 'omar@example.com', '+420255501777', 'en'],
  ['Zoe Rossi', 'Studio Rossi', 'zoe@example.com', null, 'en'],
  ['李伟', '深圳星河科技', 'liwei@example.cn', '+8675555501', 'zh-CN'],
  ['Yuki Tanaka', 'Tanaka & Co', 'yuki@example.com', '+81355501222', 'en'],
  ['Elena Berg', null, 'elena@example.com', null, 'en'],
  [null, null, null, '+15005550042', 'en'],
  ['Ivan Petrov', 'Petrov Logistics', 'ivan@example.com', '+359255501', 'en'],
]
export const customers = people.map(([name, company, email, phone, language], at) => ({
  id: `c${at + 1}`,
  name: name ?? '',
  company: company ?? '',
  optOuts: [],
  lifecycle: at % 3 === 0 ? 'customer' : 'lead',
  segments: at === 0 ? ['VIP', 'Returns often'] : [],
  attributes: at === 0 ? { Plan: 'Business', 'Orders this year': 14 } : {},
  language,
  timezone: at === 0 ? 'Europe/Amsterdam' : '',
  identities: [
    email && {
      id: `i${at}e`,
      kind: 'email',
      value: email,
      verified: true,
      shared: false,
      source: 'mail',
      createdAt: ago(90000),
    },
    phone && {
      id: `i${at}p`,
      kind: 'phone',
      value: phone,
      verified: at % 2 === 0,
      shared: false,
      source: 'call',
      createdAt: ago(80000),
    },
  ].filter(Boolean),
  notes: at === 0 ? 'Prefers to be called in the morning.' : null,
  suggestions:
    at === 0
      ? [
          {
            identityId: 'i9x',
            value: 'p.lovelace@old.example',
            customerId: 'c8',
            customerName: 'P. Lovelace',
            reason: 'Same signature and phone number',
          },
        ]
      : [],
  createdAt: ago(100000),
  version: 1,
  ticketCount: 4,
  openTickets: at % 3,
}))
const subjects = [
  ['Appointment reschedule for Thursday', 'phone', 'Voicemail · 0:42, “Hello, I am calling about my order…”'],
  ['Webhook retries keep failing with 502', 'email', 'Attaching the screenshot that you asked for.'],
  ['退款申请还没有收到', 'chat', '你好，我上周提交了退款申请，但是到现在还没有收到。'],
  ['Parcel arrived damaged, need a replacement', 'sms', 'The box was open when it came'],
  ['Where is my order #48363?', 'email', 'Hi team, I was told that the refund would take five working days'],
  ['发票抬头需要修改', 'email', '麻烦把发票抬头改成深圳星河科技有限公司，谢谢！'],
  [
    'Cannot sign in after password reset',
    'chat',
    'I tried the link in the email and it says that it has expired.',
  ],
  ['Gift card balance', 'form', 'How do I see what is left on my gift card?'],
  [null, 'sms', 'STOP? yes please'],
  [
    'Upgrade from Team to Business plan',
    'email',
    'We would like to move all 40 seats before the end of the quarter, including the ones in Sofia.',
  ],
]
export const tickets = Array.from({ length: 240 }, (_, at) => {
  const [subject, channel, preview] = subjects[at % 10]
  const customer = customers[at % 10]
  const minutes = 2 + at * 7
  const mine = at % 3 !== 1
  return {
    id: `t${at + 1}`,
    number: 48209 - at,
    subject: at >= 10 && subject ? `${subject}${at % 4 === 0 ? ' (again)' : ''}` : subject,
    status: at > 180 ? 'solved' : at % 17 === 5 ? 'pending' : 'open',
    snoozedUntil: null,
    ourAddress: '',
    queuedAt: null,
    solvedAt: null,
    chatEndedAt: null,
    mergedInto: null,
    mentions: [],
    priority: at === 1 ? 'urgent' : at % 9 === 3 ? 'high' : 'normal',
    channel,
    customerId: customer.id,
    customer: { id: customer.id, name: customer.name, company: customer.company },
    assignee: mine ? { id: 'a1', name: 'Sofia Rossi' } : at % 2 ? { id: 'a2', name: 'Liam Chen' } : null,
    team: team(at % 4 === 0 ? 'team-billing' : 'team-support'),
    tags: at % 5 === 0 ? ['refund', 'vip', 'api'] : at % 7 === 2 ? ['shipping'] : [],
    waitingSince: at % 3 === 0 || at === 2 ? ago(minutes) : null,
    createdAt: ago(minutes + 900),
    updatedAt: ago(minutes),
    lastMessage: {
      at: ago(minutes),
      direction: at % 3 === 0 || at % 10 === 2 ? 'inbound' : 'outbound',
      channel,
      preview,
    },
    unread: at % 5 === 0 || at === 2,
    version: 1,
    lastSeq: 40,
    mailboxId: 'm1',
    language: customer.language,
    sla:
      at === 4
        ? [{ name: 'First reply', dueAt: new Date(now + 22 * 60_000).toISOString(), state: 'running' }]
        : [],
  }
})

const item = (ticketId, seq, minutes, rest) => ({
  seq,
  id: `${ticketId}-${seq}`,
  at: ago(minutes),
  ticketId,
  ticketNumber: tickets.find(it => it.id === ticketId)?.number,
  attachments: [],
  flags: [],
  status: null,
  statusDetail: '',
  undoUntil: null,
  call: null,
  event: null,
  subject: '',
  from: '',
  to: [],
  cc: [],
  bcc: [],
  text: '',
  visibleText: rest.text ?? '',
  foldedText: '',
  signature: '',
  contentUrl: null,
  why: { rule: 'in-reply-to', detail: 'Message-ID <20361@example.com>' },
  ...rest,
})
const quoted = Array.from({ length: 12 }, (_, at) =>
  at === 0 ? '> On Tue, Sofia wrote:' : `> line ${at} of what we wrote before`,
).join('\n')
export function thread(ticket) {
  const who = { type: 'customer', id: ticket.customerId, name: ticket.customer.name || '+15005550042' }
  const me = { type: 'agent', id: 'a1', name: 'Sofia Rossi' }
  const zh = ticket.language === 'zh-CN'
  const mail = {
    channel: 'email',
    kind: 'message',
    from: 'priya@example.com',
    to: ['support@demo.test'],
    cc: [],
    subject: ticket.subject,
  }
  const add = (seq, minutes, rest) => item(ticket.id, seq, minutes, rest)
  return [
    add(1, 3000, {
      ...mail,
      direction: 'inbound',
      actor: who,
      why: { rule: 'new', detail: null },
      text: zh
        ? '您好，\n\n我上周提交了退款申请（订单 48363），到现在还没有收到款项。请帮忙查一下。\n\n谢谢'
        : 'Hi,\n\nI sent the shoes back ten days ago (order 48363) and the refund has still not arrived. Could you look into it? The tracking page is https://track.example.com/48363.\n\nThanks',
      foldedText: quoted,
      signature: 'Priya Lovelace\nNorthwind BV',
    }),
    add(2, 2999, {
      channel: 'system',
      kind: 'event',
      direction: 'internal',
      actor: { type: 'rule', name: 'Refunds to Billing' },
      event: { kind: 'ticket.changed', field: 'team', to: 'team-billing' },
    }),
    add(3, 2998, {
      channel: 'system',
      kind: 'event',
      direction: 'internal',
      actor: { type: 'system', name: null },
      event: { kind: 'ticket.assigned', agent: 'a1', by: 'routing' },
    }),
    add(4, 2990, {
      channel: 'system',
      kind: 'event',
      direction: 'internal',
      actor: me,
      event: { kind: 'ticket.changed', field: 'tags' },
    }),
    add(5, 2980, {
      channel: 'system',
      kind: 'event',
      direction: 'internal',
      actor: me,
      event: { kind: 'ticket.changed', field: 'priority', to: 'high' },
    }),
    add(6, 2900, {
      ...mail,
      direction: 'outbound',
      actor: me,
      from: 'support@demo.test',
      to: ['priya@example.com'],
      cc: ['billing@example.com'],
      status: 'delivered',
      text: zh
        ? '您好，我正在向财务确认，今天之内回复您。'
        : 'Thank you for writing. I am checking with our payment team and come back to you today.',
    }),
    add(7, 1500, {
      channel: 'chat',
      kind: 'message',
      direction: 'inbound',
      actor: who,
      text: zh ? '有人在吗？' : 'Is anyone there?',
    }),
    add(8, 1499, {
      channel: 'chat',
      kind: 'message',
      direction: 'outbound',
      actor: me,
      status: 'delivered',
      text: zh ? '在的，请稍等，我查一下。' : 'Yes! One moment, I am looking at your order now.',
    }),
    add(9, 1498, {
      channel: 'chat',
      kind: 'message',
      direction: 'inbound',
      actor: who,
      text: zh ? '好的 🙂' : 'Sure 🙂',
    }),
    add(10, 1490, {
      channel: 'email',
      kind: 'note',
      direction: 'internal',
      actor: { type: 'agent', id: 'a2', name: 'Liam Chen' },
      text: '@Sofia the refund is stuck in “pending review”. Can you approve it? The customer is on the VIP plan.',
    }),
    add(11, 300, {
      channel: 'phone',
      kind: 'call',
      direction: 'inbound',
      actor: who,
      text: 'Customer asked whether the refund can go to another card. Explained that it must return to the original one; she agreed.',
      call: {
        state: 'ended',
        durationSeconds: 214,
        recordingUrl: '/content/recording.wav',
        agentName: 'Sofia Rossi',
        outcome: 'answered',
      },
    }),
    add(12, 200, {
      channel: 'sms',
      kind: 'message',
      direction: 'outbound',
      actor: me,
      status: 'delivered',
      text: 'Northwind: your refund of €64.90 was released today. Ref. RF-20931',
    }),
    add(13, 190, {
      channel: 'sms',
      kind: 'message',
      direction: 'inbound',
      actor: who,
      text: 'Great, thank you! 谢谢！',
    }),
    add(14, 120, {
      ...mail,
      direction: 'outbound',
      actor: me,
      from: 'support@demo.test',
      to: ['old-address@example.com'],
      status: 'bounced',
      statusDetail: '550 5.1.1 The email account that you tried to reach does not exist',
      text: 'Here is the invoice for your records.',
      attachments: [
        { id: 'f1', name: 'invoice-48363.pdf', type: 'application/pdf', sizeBytes: 84211, url: '/content/f1' },
      ],
    }),
    add(15, 20, {
      ...mail,
      direction: 'inbound',
      actor: who,
      contentUrl: '/content/mail',
      flags: ['third-party'],
      text: 'The bank says that it cannot see any incoming payment yet. Is there a reference number that I can give them?',
    }),
  ]
}
export const macros = [
  {
    id: 'mc1',
    title: 'Refund status',
    text: 'Hello {{customer.name}},\n\nyour refund was released and reaches you within five working days.\n\n{{agent.name}}',
    actions: [
      { kind: 'status', value: 'pending' },
      { kind: 'tag', value: 'refund' },
    ],
    shared: true,
  },
  {
    id: 'mc2',
    title: 'Ask for a photo',
    text: 'Could you send us a photo of the damage?',
    actions: [],
    shared: true,
  },
  {
    id: 'mc3',
    title: '请提供订单号',
    text: '您好，请提供您的订单号，我们马上为您查询。',
    actions: [{ kind: 'assign-me', value: null }],
    shared: false,
  },
]
export const articles = [
  ['Refund times', 'en', 'published', 'Orders'],
  ['How to return a parcel', 'en', 'published', 'Orders'],
  ['退款需要多长时间', 'zh-CN', 'published', '订单'],
  ['Reset your password', 'en', 'published', 'Account'],
  ['Webhook signatures', 'en', 'draft', 'Developers'],
  ['Summer sale 2025', 'en', 'archived', 'Offers'],
].map(([title, locale, status, category], at) => ({
  id: `ar${at + 1}`,
  title,
  locale,
  status,
  categoryId: category,
  slug: `article-${at + 1}`,
  url: `/help/${locale}/articles/ar${at + 1}`,
  updatedAt: ago(at * 3000),
  version: 1,
  body:
    locale === 'en'
      ? `We release a refund **within two days** of getting your parcel.\n\n## How long it takes\n\n1. Card: three to five working days\n2. Bank transfer: one day more\n\nSee [returns](/help/en).`
      : '收到包裹后，我们会在**两天内**退款。\n\n## 需要多久\n\n- 银行卡：三到五个工作日\n- 转账：再加一天',
}))
export const decisions = [
  {
    at: ago(2998),
    outcome: 'assigned',
    chosen: { id: 'a1', name: 'Sofia Rossi' },
    score: 0.82,
    reason: 'preferred',
    candidates: [
      {
        agent: { id: 'a1', name: 'Sofia Rossi' },
        score: 0.82,
        eligible: true,
        reasons: ['preferred', 'skill:returns=4'],
        loadBefore: 45,
        capacity: 100,
        idleSeconds: 340,
      },
      {
        agent: { id: 'a2', name: 'Liam Chen' },
        score: 0.61,
        eligible: true,
        reasons: ['skill:returns=2'],
        loadBefore: 70,
        capacity: 100,
        idleSeconds: 12,
      },
      {
        agent: { id: 'a3', name: '王小明' },
        score: null,
        eligible: false,
        reasons: ['status:away'],
        loadBefore: 10,
        capacity: 100,
        idleSeconds: null,
      },
      {
        agent: { id: 'a4', name: 'Amara Okafor' },
        score: null,
        eligible: false,
        reasons: ['skill:returns', 'status:offline'],
        loadBefore: 0,
        capacity: 100,
        idleSeconds: null,
      },
    ],
  },
  { at: ago(2999), outcome: 'no-candidate', chosen: null, score: null, reason: 'all-busy', candidates: [] },
]
export const categories = [...new Set(articles.map(it => it.categoryId))].map(id => ({
  id,
  slug: id,
  title: { en: id, 'zh-CN': id },
}))
