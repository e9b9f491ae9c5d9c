import type { components } from './api.gen'

/**
 * The shapes of `/api/v1` under the names that the console uses. They are generated from `openapi.json`, which is
 * written from the server's records: nothing is spelled out twice.
 */
type Schemas = components['schemas']

export interface Page<T> {
  items: T[]
  next: string | null
}
export interface Named {
  id: string
  name: string
}

export type Agent = Schemas['Agent']
export type AgentStatus = Agent['status']
export type Role = Agent['role']
export type Skill = Schemas['AgentSkill']
export type Session = Schemas['SignInSessionView']
export type SessionSettings = Session['settings']
export type SignedIn = Schemas['SignInSignedIn']
export type OwnSession = Schemas['SessionsOwn']
export type Team = Schemas['Team']

export type Ticket = Schemas['Ticket']
export type TicketStatus = Ticket['status']
export type Priority = Ticket['priority']
export type Sla = Schemas['TicketClock']
export type ViewCount = Schemas['TicketsViewCount']
export type ViewName = ViewCount['view']
export type Decision = Schemas['RoutingExplained']
export type Candidate = Schemas['DecisionConsidered']

export type TimelineItem = Schemas['TimelineItem']
export type MessageStatus = NonNullable<TimelineItem['status']>
export type Appointment = Schemas['Appointment']
export type Visit = Schemas['Visit']
export type Attachment = Schemas['TimelineItemFile']
export type Uploaded = Schemas['Uploaded']
export type Sent = Schemas['RepliesSent']
export type DeliveryStep = Schemas['MessagesStep']
export type ReplyLine = Schemas['Line']
export type ReplyBody = Schemas['RepliesDraft']
export type NoteBody = Schemas['RepliesNote']

export type Customer = Schemas['Customer']
export type OptOut = Schemas['CustomerOptOut']
export type Identity = Schemas['CustomerIdentity']
export type Suggestion = Schemas['CustomerSuggestion']
export type MergedCustomer = Schemas['CustomerMerged']

export type Call = Schemas['Call']
export type CallState = Call['state']

export type TagUse = Schemas['Tag']

export type Macro = Schemas['Macro']
export type MacroAction = Schemas['MacrosAction']
export type AppliedMacro = Schemas['MacrosApplied']

export type Article = Schemas['Article']
export type ArticlePicture = Schemas['Picture']
export type ArticleRevision = Schemas['Revision']
export type ArticleVersion = Schemas['RevisionHead']
export type Category = Schemas['Category']
export type ArticleHit = Schemas['Hit']
export type SearchAnswer = Schemas['ArticleRoutesEverything']

export type Mailbox = Schemas['Mailbox']
export type MailServer = Schemas['MailboxesServer']
export type MailboxTest = Schemas['MailboxesChecked']
export type PhoneNumber = Schemas['Number']
export type CompanySettings = Schemas['Company']
export type Widget = Schemas['Widget']
export type RoutingRules = Schemas['RoutingRules']
export type InboxRow = Schemas['LedgerInboxRow']
export type OutboxRow = Schemas['LedgerOutboxRow']

/** The channels that the console has a word and an icon for. The API may name others. */
export type ChannelName = 'email' | 'sms' | 'chat' | 'phone' | 'form'
export type SortName = 'waiting' | 'newest' | 'updated' | 'priority'

/** Who looks at a ticket; comes with the stream only. `writing` is the customer, in a chat window. */
export interface Viewer {
  id: string
  name: string
  state: 'viewing' | 'typing' | 'writing'
}
