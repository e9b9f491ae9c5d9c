create table team (
  id uuid primary key,
  brand_id int not null default 1,
  name text not null,
  description text not null default '',
  unique (brand_id, name)
);

create table agent (
  id uuid primary key,
  brand_id int not null default 1,
  name text not null,
  email text not null,
  role text not null check (role in ('agent', 'lead', 'admin')),
  -- An agent without a password can sign in only by the invitation's link.
  password_hash text,
  status text not null default 'offline' check (status in ('available', 'away', 'offline', 'missed')),
  status_since timestamptz not null default now(),
  -- End of the last piece of work handled: what "longest idle" is measured from.
  idle_since timestamptz not null default now(),
  capacity int not null default 100,
  language text not null default 'en',
  phone text,
  signature text not null default '',
  preferences jsonb not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  version int not null default 1
);
create unique index agent_email on agent (brand_id, lower(email));

create table team_member (
  team_id uuid not null references team on delete cascade,
  agent_id uuid not null references agent on delete cascade,
  primary key (team_id, agent_id)
);
create index team_member_agent on team_member (agent_id);

create table skill (
  brand_id int not null default 1,
  name text not null,
  primary key (brand_id, name)
);

create table agent_skill (
  agent_id uuid not null references agent on delete cascade,
  name text not null,
  level smallint not null check (level between 0 and 10),
  primary key (agent_id, name)
);

-- Sessions, API tokens, invitations, resets and WebSocket tickets: SHA-256 of a 256-bit secret, never the secret.
create table session (
  token_hash text primary key,
  agent_id uuid not null references agent on delete cascade,
  kind text not null check (kind in ('browser', 'api', 'stream', 'invitation', 'reset')),
  name text not null default '',
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- The session that a WebSocket ticket was made from; it dies with it.
  parent_hash text references session on delete cascade
);
create index session_agent on session (agent_id, kind, created_at);
