-- What arrived, as raw bytes, before anyone understood it.
create sequence inbox_id;
create table inbox (
  id bigint not null,
  received_at timestamptz not null default now(),
  brand_id int not null default 1,
  door text not null,
  lane text not null,
  key text not null,
  -- What the door knows besides the bytes: mailbox, remote address, signature facts.
  envelope jsonb not null default '{}',
  raw bytea not null,
  state text not null default 'new' check (state in ('new', 'done', 'quarantined')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  error text,
  -- What was answered, for those doors where the answer depends on the event; a repeat gets the same.
  answer text,
  done_at timestamptz,
  primary key (id, received_at)
) partition by range (received_at);
alter table inbox alter column raw set storage external;
create index inbox_todo on inbox (lane, id) where state = 'new';
create index inbox_quarantined on inbox (id) where state = 'quarantined';
select ensure_partitions('inbox', 1, 2);

-- One row an event for ever: partitions cannot hold a key across months.
create table inbox_key (
  door text not null,
  key text not null,
  inbox_id bigint not null,
  received_at timestamptz not null,
  primary key (door, key)
);
