-- One telephone call with a customer; its state is the fold of what happened to it (CallFold).
create table call (
  id uuid primary key,
  brand_id int not null default 1,
  -- The customer's leg, as the carrier names it; an outbound call has none before the customer is rung.
  call_sid text,
  direction text not null check (direction in ('inbound', 'outbound')),
  state text not null check (state in
    ('menu', 'message', 'queued', 'offered', 'ringing-agent', 'active', 'held', 'wrapup', 'ended')),
  customer_id uuid references customer,
  number text not null,
  our_number text not null,
  language text not null default 'en',
  agent_id uuid references agent,
  -- Counts the attempts to ring an agent, so that a late report about an earlier one is told apart.
  leg int not null default 0,
  agent_call_sid text,
  conference_sid text,
  queue_sid text,
  ticket_id uuid not null references ticket,
  message_id uuid not null,
  team_id uuid references team,
  started_at timestamptz not null default now(),
  enqueued_at timestamptz,
  offered_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  -- When the state ends by itself.
  deadline timestamptz,
  changed_at timestamptz not null default now(),
  outcome text check (outcome in ('answered', 'missed', 'voicemail', 'callback')),
  recording_sid text,
  recording_sha text,
  request_key text unique,
  version int not null default 1
);
create unique index call_call_sid on call (call_sid) where call_sid is not null;
create index call_live on call (started_at, id) where state <> 'ended';
create index call_due on call (deadline) where deadline is not null;
create index call_ticket on call (ticket_id);
create index call_recent on call (started_at desc, id);
