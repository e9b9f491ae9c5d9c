-- What happened, append-only. Ids and facts only: text, addresses and values that may have to be erased lie in the features' own rows.
create table journal (
  id bigint generated always as identity,
  at timestamptz not null,
  brand_id int not null default 1,
  kind text not null,
  version smallint not null default 1,
  actor_type text not null,
  actor_id uuid,
  customer_id uuid,
  ticket_id uuid,
  message_id uuid,
  cause bigint,
  facts jsonb not null default '{}',
  primary key (id, at)
) partition by range (at);
create index journal_customer on journal (customer_id, id) where customer_id is not null;
create index journal_ticket on journal (ticket_id, id) where ticket_id is not null;
select ensure_partitions('journal', 4, 2);

-- Written with every entry and taken away by the sequencer, which thereby sees each committed entry once,
-- in whatever order the transactions commit.
create table journal_pending (
  id bigint primary key,
  at timestamptz not null
);

-- The one order: dense, given after commit.
create table journal_order (
  seq bigint primary key,
  id bigint not null unique,
  at timestamptz not null
);

-- One row a role. `token` rises with every change of holder: whoever writes under a lease checks it in the same transaction.
create table lease (
  name text primary key,
  holder text not null,
  token bigint not null,
  until timestamptz not null
);

-- How far each follower of the journal has come.
create table tailer (
  name text primary key,
  seq bigint not null
);
