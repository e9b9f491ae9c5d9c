-- Why an agent got a ticket, or why nobody did: every candidate with its reasons.
create table routing_decision (
  id uuid primary key,
  ticket_id uuid not null references ticket,
  at timestamptz not null,
  outcome text not null,
  agent_id uuid references agent,
  score double precision,
  reason text not null default '',
  candidates jsonb not null default '[]',
  cause bigint
);
create index routing_decision_ticket on routing_decision (ticket_id, at desc);
