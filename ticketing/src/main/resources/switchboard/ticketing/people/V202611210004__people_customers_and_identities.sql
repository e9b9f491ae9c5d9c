create table customer (
  id uuid primary key,
  brand_id int not null default 1,
  name text not null,
  company text not null default '',
  lifecycle text not null default 'new',
  segments text[] not null default '{}',
  attributes jsonb not null default '{}',
  language text not null default 'en',
  timezone text not null default '',
  notes text not null default '',
  -- Made by intake from an address alone; an agent has not looked at it yet.
  provisional boolean not null default false,
  -- A merge is a pointer and an event; undone by taking the pointer away.
  merged_into uuid references customer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version int not null default 1
);
create index customer_merged on customer (merged_into) where merged_into is not null;
create index customer_name on customer (brand_id, lower(name) text_pattern_ops);
create index customer_recent on customer (brand_id, updated_at desc, id);

create table identity (
  id uuid primary key,
  brand_id int not null default 1,
  customer_id uuid not null references customer,
  kind text not null,
  -- Compare key: addresses with lower-case punycode domain, numbers in E.164.
  value text not null,
  raw text not null,
  verified boolean not null,
  shared boolean not null default false,
  -- How we know: agent, api, import, inbound, jwt, code, claim.
  source text not null,
  created_at timestamptz not null default now()
);
create unique index identity_owner on identity (brand_id, kind, value) where verified and not shared;
create index identity_value on identity (kind, value);
create index identity_customer on identity (customer_id);

-- An address that may be this customer's but is not proven: an agent confirms or rejects.
create table identity_suggestion (
  identity_id uuid not null references identity on delete cascade,
  customer_id uuid not null references customer,
  reason text not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'rejected')),
  at timestamptz not null default now(),
  primary key (identity_id, customer_id)
);
create index identity_suggestion_customer on identity_suggestion (customer_id) where state = 'open';

-- Who may be written to on which line, append-only; the newest entry of a pair holds.
create table consent (
  id bigint generated always as identity primary key,
  brand_id int not null default 1,
  channel text not null,
  address text not null,
  our_address text not null,
  allowed boolean not null,
  source text not null,
  text text not null default '',
  at timestamptz not null default now()
);
create index consent_pair on consent (channel, address, our_address, id desc);
