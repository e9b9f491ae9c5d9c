-- A person at a chat window. Nothing is known of them but a random token until somebody vouches for them.
create table chat_visitor (
  id uuid primary key,
  brand_id int not null default 1,
  -- SHA-256 of the widget's token; null for a visitor whom only the host page's signature opens.
  token_hash text unique,
  -- Widget key and the host's own id of the person, where the host page has signed it.
  subject text,
  name text not null default '',
  -- Proven by signature or code; a merely claimed address lies in `contact`.
  email text,
  verified_by text check (verified_by in ('jwt', 'code')),
  contact text,
  contact_name text not null default '',
  customer_id uuid references customer,
  -- The signed visitor that this anonymous one turned out to be; its token opens nothing any more.
  claimed_by uuid references chat_visitor,
  -- What threading goes by: a new one is begun some time after the ticket was solved.
  conversation uuid not null,
  conversation_at timestamptz,
  language text not null default 'en',
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create unique index chat_visitor_subject on chat_visitor (brand_id, subject) where subject is not null;
create index chat_visitor_claimed on chat_visitor (claimed_by) where claimed_by is not null;

-- The newest code mailed to a visitor; kept as a keyed digest, since a million digits are soon tried.
create table chat_code (
  visitor_id uuid primary key references chat_visitor on delete cascade,
  email text not null,
  code_digest text not null,
  tries int not null default 0,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- What was addressed to whom: the only messages of ours that a visitor's history shows.
create table chat_shown (
  visitor_id uuid not null references chat_visitor on delete cascade,
  message_id uuid not null references message,
  primary key (visitor_id, message_id)
);
create index chat_shown_message on chat_shown (message_id);

create index thread_key_chat on thread_key (ticket_id) where kind = 'chat';
