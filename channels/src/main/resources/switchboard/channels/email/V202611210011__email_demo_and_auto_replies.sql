-- Mail to the demo's customers.
create table demo_mail (
  id uuid primary key,
  address text not null,
  at timestamptz not null default now(),
  sender text not null,
  subject text not null,
  text text not null,
  raw text not null
);
create index demo_mail_address on demo_mail (address, at, id);

-- Automatic answers that were sent, for the budgets that keep them from becoming a storm.
create table auto_reply (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  address text not null,
  domain text not null,
  ticket_id uuid not null
);
create index auto_reply_address on auto_reply (address, at);
create index auto_reply_domain on auto_reply (domain, at);
create index auto_reply_at on auto_reply (at);
