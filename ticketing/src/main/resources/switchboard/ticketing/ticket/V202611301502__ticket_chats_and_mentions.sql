-- A mention that its agent has not read yet: until then its ticket stays among the agent's mentions, solved or not.
create table mention_unread (
  agent_id uuid not null references agent on delete cascade,
  ticket_id uuid not null references ticket,
  message_id uuid not null references message,
  primary key (agent_id, ticket_id, message_id)
);
create index mention_unread_ticket on mention_unread (ticket_id);
-- Chats that go on, for the view and for the clock that ends silent ones.
create index ticket_live_chat on ticket (last_at) where channel = 'chat' and chat_ended_at is null
  and status <> 'solved' and merged_into is null;
