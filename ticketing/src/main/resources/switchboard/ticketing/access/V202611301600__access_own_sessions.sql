-- What agents are shown of their own sessions, and when the password was last given in each.
alter table session
  add column id uuid not null default gen_random_uuid(),
  add column client text not null default '',
  add column address text not null default '',
  add column proven_at timestamptz not null default now();
update session set proven_at = created_at;
-- A browser's session lasts a working day.
update session set expires_at = least(expires_at, now() + interval '12 hours') where kind = 'browser';
create unique index session_id on session (id);
