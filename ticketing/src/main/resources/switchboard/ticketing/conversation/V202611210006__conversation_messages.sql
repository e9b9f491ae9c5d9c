create table blob (
  sha256 text not null,
  part int not null,
  bytes bytea not null,
  primary key (sha256, part)
);
alter table blob alter column bytes set storage external;

create table message (
  id uuid primary key,
  brand_id int not null default 1,
  ticket_id uuid not null references ticket,
  customer_id uuid not null references customer,
  channel text not null,
  direction text not null check (direction in ('inbound', 'outbound', 'internal')),
  kind text not null,
  at timestamptz not null,
  author_type text not null,
  author_id uuid,
  author_name text not null default '',
  subject text not null default '',
  sender text not null default '',
  to_list text[] not null default '{}',
  cc_list text[] not null default '{}',
  bcc_list text[] not null default '{}',
  text text not null default '',
  visible_text text not null default '',
  folded_text text not null default '',
  signature text not null default '',
  html text,
  status text,
  status_rank smallint not null default 0,
  status_detail text not null default '',
  provider_id text,
  rfc_id text,
  -- Thread passport: the rule that put it here and what matched.
  why_rule text not null default '',
  why_detail text not null default '',
  flags text[] not null default '{}',
  call_id uuid,
  inbox_id bigint,
  inbox_at timestamptz
);
create index message_ticket on message (ticket_id, at, id);
create index message_customer on message (customer_id, at, id);
create index message_provider on message (provider_id) where provider_id is not null;

create table attachment (
  id uuid primary key,
  message_id uuid references message,
  -- Uploaded by an agent and not sent yet; another agent cannot use it.
  uploaded_by uuid references agent,
  position int not null default 0,
  name text not null,
  type text not null,
  size_bytes bigint not null,
  content_id text,
  inline boolean not null default false,
  sha256 text not null,
  created_at timestamptz not null default now()
);
create index attachment_message on attachment (message_id, position);

-- What a later arrival can name: mail ids, chat sessions, number pairs. Kept by digest when long.
create table thread_key (
  kind text not null,
  key text not null,
  message_id uuid not null,
  ticket_id uuid not null references ticket,
  primary key (kind, key, message_id)
);

create table delivery_step (
  id bigint generated always as identity primary key,
  message_id uuid not null references message,
  at timestamptz not null,
  status text not null,
  detail text not null default '',
  unique (message_id, status, detail)
);
