-- When the newest message from outside came in, by our own clock: what "unread" is measured by. A sender's date may lie before what was read.
alter table ticket add column inbound_at timestamptz;
update ticket set inbound_at = last_at;
alter table ticket alter column inbound_at set not null, alter column inbound_at set default clock_timestamp();
comment on column ticket_read.read_at is 'inbound_at of the ticket as it was read';
-- How both tickets stood before this one was merged into the other; what taking the merge back restores.
alter table ticket add column merge_before jsonb;
