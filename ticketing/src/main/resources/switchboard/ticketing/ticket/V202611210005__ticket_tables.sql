create table mailbox (
  id uuid primary key,
  brand_id int not null default 1,
  name text not null,
  address text not null,
  team_id uuid references team,
  -- Host, port, tls, user, and the password sealed with the program's secret; null when mail comes by the listener or leaves by the default route.
  imap jsonb,
  smtp jsonb,
  signature text not null default '',
  auto_acknowledge boolean not null default false,
  -- The receiving server whose Authentication-Results are believed.
  trusted_authserv text not null default '',
  -- IMAP cursor, moved in the transaction that stores the mails.
  uid_validity bigint,
  uid_last bigint not null default 0,
  active boolean not null default true,
  version int not null default 1
);
create unique index mailbox_address on mailbox (brand_id, lower(address));

create table phone_number (
  id uuid primary key,
  brand_id int not null default 1,
  number text not null,
  name text not null,
  team_id uuid references team,
  greeting text not null default '',
  menu jsonb not null default '[]',
  voicemail boolean not null default true,
  version int not null default 1,
  unique (brand_id, number)
);

create table ticket (
  id uuid primary key,
  brand_id int not null default 1,
  number bigint generated always as identity (start with 1001),
  subject text not null,
  status text not null default 'open' check (status in ('open', 'pending', 'snoozed', 'solved')),
  snoozed_until timestamptz,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  channel text not null,
  -- Our end of the line: mailbox address, number, widget.
  our_address text not null default '',
  customer_id uuid not null references customer,
  assignee_id uuid references agent,
  team_id uuid references team,
  tags text[] not null default '{}',
  -- What an agent must have to get it, for example {"language:zh-CN"}.
  skills text[] not null default '{}',
  language text not null default 'en',
  -- Since when a customer waits for a person's answer; null when nobody does.
  waiting_since timestamptz,
  -- When it began to wait for an agent; kept over decline and requeue. Null: not for routing.
  queued_at timestamptz,
  preferred_agent_id uuid references agent,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  solved_at timestamptz,
  last_at timestamptz not null default now(),
  last_direction text not null default 'inbound',
  last_channel text not null default '',
  last_preview text not null default '',
  mentions uuid[] not null default '{}',
  merged_into uuid references ticket,
  version int not null default 1
);
create unique index ticket_number on ticket (brand_id, number);
create index ticket_customer on ticket (customer_id, last_at desc);
create index ticket_assignee on ticket (assignee_id, status, waiting_since) where status <> 'solved';
create index ticket_waiting on ticket (brand_id, status, waiting_since nulls last, id) where status <> 'solved';
create index ticket_recent on ticket (brand_id, last_at desc, id);
create index ticket_queue on ticket (queued_at) where queued_at is not null and assignee_id is null and status = 'open';
create index ticket_snoozed on ticket (snoozed_until) where status = 'snoozed';

create table ticket_read (
  agent_id uuid not null references agent on delete cascade,
  ticket_id uuid not null references ticket,
  read_at timestamptz not null,
  primary key (agent_id, ticket_id)
);
