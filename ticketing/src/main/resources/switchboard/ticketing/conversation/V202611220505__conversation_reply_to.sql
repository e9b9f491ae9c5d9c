-- Where the sender wants to be answered, when that is not where the mail came from; compare form.
alter table message add column reply_to text[] not null default '{}';
