-- Further addresses that lead to the mailbox; '*@domain' takes whatever else is written to a domain.
alter table mailbox add column aliases text[] not null default '{}';
