-- What must leave. A row is leased for one attempt at a time; its lane's rows leave in order.
create table outbox (
  id bigint generated always as identity primary key,
  brand_id int not null default 1,
  -- Which deliverer takes it: email, sms, chat, call, ...
  channel text not null,
  lane text not null,
  idempotency_key text not null unique,
  payload jsonb not null,
  message_id uuid,
  ticket_id uuid,
  cause bigint,
  state text not null default 'pending' check (state in ('pending', 'leased', 'sent', 'failed', 'uncertain', 'cancelled', 'expired')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  deadline timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  last_error text,
  provider_id text,
  created_at timestamptz not null default now(),
  done_at timestamptz
);
create index outbox_todo on outbox (lane, id) where state in ('pending', 'leased', 'uncertain');
create index outbox_due on outbox (channel, next_at) where state in ('pending', 'leased', 'uncertain');
create index outbox_message on outbox (message_id) where message_id is not null;
create index outbox_trouble on outbox (id) where state in ('failed', 'uncertain', 'expired');

-- An attempt is written before the provider is called: after a crash it says which sends may have happened.
create table outbox_attempt (
  id bigint generated always as identity primary key,
  outbox_id bigint not null references outbox,
  at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text not null default 'open',
  detail text not null default ''
);
create index outbox_attempt_outbox on outbox_attempt (outbox_id, id);
