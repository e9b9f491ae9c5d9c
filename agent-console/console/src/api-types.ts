/** The shapes of `/api/v1`. One type per shape, named as the API names it. */

export type ChannelName = 'email' | 'sms' | 'chat' | 'phone' | 'form'
export type TicketStatus = 'open' | 'pending' | 'snoozed' | 'solved'
export type Priority = 'low' | 'normal' | 'high' | 'urgent'
export type AgentStatus = 'available' | 'away' | 'offline' | 'missed'
export type Role = 'agent' | 'lead' | 'admin'
export type ViewName =
  'mine' | 'unassigned' | 'mentions' | 'open' | 'pending' | 'snoozed' | 'solved' | 'all' | 'chats' | 'calls'
export type SortName = 'waiting' | 'newest' | 'updated' | 'priority'

export interface Page<T> {
  items: T[]
  next?: string | null
}
export interface Named {
  id: string
  name: string
}
export interface Skill {
  name: string
  level: number
}

export interface Agent extends Named {
  email: string
  role: Role
  status: AgentStatus
  language?: string | null
  phone?: string | null
  teams: Named[]
  skills: Skill[]
  capacity: number
  load: number
  active: boolean
  version: number
}

export interface SessionSettings {
  companyName: string
  locales: string[]
  undoSeconds: number
  demo: boolean
}
export interface Session {
  agent: Agent
  settings: SessionSettings
  signature?: string | null
}

export interface Sla {
  name?: string
  kind?: string
  dueAt?: string | null
  state?: 'running' | 'met' | 'breached' | 'paused'
}

export interface Ticket {
  id: string
  number: number
  subject: string | null
  status: TicketStatus
  snoozedUntil?: string | null
  priority: Priority
  channel: ChannelName
  customerId: string | null
  customer: { id: string; name: string | null; company?: string | null } | null
  assignee: Named | null
  team: Named | null
  tags: string[]
  waitingSince: string | null
  createdAt: string
  updatedAt: string
  lastMessage: { at: string; direction: Direction; channel: string; preview: string } | null
  unread: boolean
  version: number
  lastSeq: number
  mailboxId?: string | null
  language?: string | null
  sla?: Sla[]
}

export type Direction = 'inbound' | 'outbound' | 'internal'
export type ItemKind = 'message' | 'note' | 'call' | 'event' | 'voicemail'
export type MessageStatus =
  'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'bounced' | 'uncertain'

export interface Attachment {
  id: string
  name: string
  type: string
  sizeBytes: number
  url?: string
}
export interface CallFacts {
  state?: string
  durationSeconds?: number | null
  recordingUrl?: string | null
  agentName?: string | null
  outcome?: string | null
}

export interface TimelineItem {
  seq: number
  id: string
  at: string
  channel: ChannelName | 'system'
  direction: Direction
  kind: ItemKind
  ticketId: string
  ticketNumber?: number | null
  actor: { type: 'customer' | 'agent' | 'system' | 'rule'; id?: string | null; name?: string | null }
  text?: string | null
  visibleText?: string | null
  foldedText?: string | null
  signature?: string | null
  contentUrl?: string | null
  subject?: string | null
  from?: string | null
  to?: string[] | null
  cc?: string[] | null
  bcc?: string[] | null
  status?: MessageStatus | null
  statusDetail?: string | null
  undoUntil?: string | null
  attachments?: Attachment[] | null
  why?: { rule: string; detail?: string | null } | null
  call?: CallFacts | null
  event?: ({ kind: string } & Record<string, unknown>) | null
  flags?: string[] | null
}

/** The answer to a reply or a note; the item itself comes with the timeline. */
export interface Sent {
  id: string
  ticketId: string
  channel: string
  status: MessageStatus | null
  at: string
  undoUntil?: string | null
}

export interface Identity {
  id: string
  kind: 'email' | 'phone' | 'chat' | 'external'
  value: string
  verified: boolean
  shared?: boolean
  source?: string | null
  createdAt?: string
}
export interface Suggestion {
  identityId: string
  value: string
  customerId: string
  customerName: string | null
  reason?: string | null
}
export interface Customer {
  id: string
  name: string | null
  company?: string | null
  lifecycle?: string | null
  segments?: string[]
  attributes?: Record<string, unknown>
  language?: string | null
  timezone?: string | null
  identities: Identity[]
  notes?: string | null
  suggestions?: Suggestion[]
  createdAt?: string
  version: number
  ticketCount?: number
  openTickets?: number
}

export type CallState = 'menu' | 'queued' | 'offered' | 'ringing-agent' | 'active' | 'held' | 'wrapup' | 'ended'
export interface Call {
  id: string
  direction: 'inbound' | 'outbound'
  state: CallState
  customer: Named | null
  number: string | null
  agent: Named | null
  ticketId: string | null
  startedAt: string
  answeredAt?: string | null
  endedAt?: string | null
  durationSeconds?: number | null
  outcome?: string | null
}

export interface Candidate {
  agent: Named
  score: number | null
  eligible: boolean
  reasons: string[]
  loadBefore?: number | null
  capacity?: number | null
  idleSeconds?: number | null
}
export interface Decision {
  at: string
  outcome: 'assigned' | 'no-candidate' | 'lost-check' | 'manual'
  chosen: Named | null
  score?: number | null
  reason?: string | null
  candidates: Candidate[]
}

export interface ViewCount {
  view: ViewName
  count: number
  unread: number
}
export interface Viewer {
  id: string
  name: string
  state: 'viewing' | 'typing'
}

export interface MacroAction {
  kind: 'status' | 'tag' | 'assign-me' | 'priority' | 'team'
  value?: string | null
}
export interface Macro {
  id: string
  title: string
  text: string
  html?: string | null
  actions: MacroAction[]
  shared: boolean
}
export interface AppliedMacro {
  text: string
  html?: string | null
  actions: MacroAction[]
  undefined?: string[]
}

export interface Article {
  id: string
  title: string
  locale?: string
  status?: 'draft' | 'published' | 'archived'
  slug?: string
  categoryId?: string | null
  summary?: string | null
  unpublishedChanges?: boolean
  body?: string
  url?: string
  updatedAt?: string
  version?: number
}
export interface Category {
  id: string
  slug: string
  title: Record<string, string>
}
export interface ArticleHit {
  id: string
  title: string
  url: string
  snippet?: string | null
}

export interface SearchAnswer {
  tickets: {
    id: string
    number: number
    subject: string | null
    status: TicketStatus
    highlight?: string | null
  }[]
  messages: { ticketId: string; number: number; highlight?: string | null; at: string }[]
  customers: { id: string; name: string | null; highlight?: string | null }[]
  articles: ArticleHit[]
}

export interface Team extends Named {
  description?: string | null
  memberIds?: string[]
}
export interface MailServer {
  host: string
  port: number
  tls: boolean | string
  user: string
  password?: string
}
export interface Mailbox {
  id: string
  name: string
  address: string
  teamId: string | null
  imap?: MailServer | null
  smtp?: MailServer | null
  signature?: string | null
  autoAcknowledge?: boolean
  trustedAuthserv?: string | null
  version: number
}
export interface MailboxTest {
  imap?: { ok: boolean; detail?: string | null } | null
  smtp?: { ok: boolean; detail?: string | null } | null
}
export interface PhoneNumber {
  id: string
  number: string
  name: string
  teamId: string | null
  greeting?: string | null
  menu: { digit: string; label: string; teamId: string | null }[]
  voicemail: boolean
  version?: number
}
export interface Widget {
  id?: string
  key: string
  name: string
  color: string
  greeting: string
  teamId: string | null
  allowedOrigins: string[]
  identitySecretSet?: boolean
  snippet: string
  version?: number
}
export interface InboxRow {
  id: string
  channel: string
  lane?: string
  receivedAt: string
  state: string
  attempts: number
  error?: string | null
  summary?: string | null
}
export interface OutboxRow {
  id: string
  channel?: string
  lane?: string
  kind?: string
  state: string
  attempts: number
  createdAt?: string
  error?: string | null
  lastError?: string | null
  summary?: string | null
}
export interface DeliveryStep {
  at: string
  status: string
  detail?: string | null
}
