create table macro (
  id uuid primary key,
  brand_id int not null default 1,
  title text not null,
  text text not null default '',
  html text,
  actions jsonb not null default '[]',
  owner_id uuid references agent,
  shared boolean not null default true,
  version int not null default 1
);

-- What a request with an Idempotency-Key made; the same key with another body is refused.
create table idempotency (
  actor_id uuid not null,
  key text not null,
  body_digest text not null,
  result_id uuid not null,
  at timestamptz not null default now(),
  primary key (actor_id, key)
);
create index idempotency_at on idempotency (at);
