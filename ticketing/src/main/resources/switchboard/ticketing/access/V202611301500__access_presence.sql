-- Consoles that are open, by node and session: the heartbeat by which an agent counts as being there.
create table console (
  node uuid not null,
  session_hash text not null,
  agent_id uuid not null references agent on delete cascade,
  seen_at timestamptz not null default now(),
  primary key (node, session_hash)
);
create index console_agent on console (agent_id, seen_at);

alter table agent
  -- Units for calls and chats; null: as many as `capacity`.
  add column live_capacity int check (live_capacity >= 0),
  -- Why the status is what it is: empty for the agent's own word.
  add column status_reason text not null default '',
  -- What the agent said last, and gets back with the next console.
  add column status_wanted text,
  -- The session that said it; its word ends with it.
  add column status_session text,
  -- Work is still to be taken from the agent, and why; empty once that is done.
  add column leaving text;
update agent set status_reason = 'missed' where status = 'missed';
create index agent_leaving on agent (id) where leaving is not null;
