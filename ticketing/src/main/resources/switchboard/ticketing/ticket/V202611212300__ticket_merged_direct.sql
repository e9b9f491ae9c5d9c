-- Into which ticket it was merged itself; merged_into is the ticket where the whole chain ends. Taking a merge back needs both.
alter table ticket add column merged_direct uuid references ticket;
update ticket set merged_direct = merged_into where merged_into is not null;
create index if not exists ticket_merged on ticket (merged_into) where merged_into is not null;
create index ticket_merged_direct on ticket (merged_direct) where merged_direct is not null;
