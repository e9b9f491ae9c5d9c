-- When the wait until next_at began. If this lies in the future, the clock was turned back and the wait is over.
alter table outbox add column waits_from timestamptz not null default now();
