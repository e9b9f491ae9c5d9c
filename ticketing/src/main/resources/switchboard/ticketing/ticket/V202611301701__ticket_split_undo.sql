-- Where a ticket was split from and how both stood then, so that the split can be undone.
alter table ticket add column split_from uuid references ticket;
alter table ticket add column split_before jsonb;
