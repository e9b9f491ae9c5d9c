-- When the waiting caller was fetched out of the queue to the agent; null while that may still fail.
alter table call add column joined_at timestamptz;
