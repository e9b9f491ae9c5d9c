-- When the sender says that it was sent; only shown. `at` is when it came, by our own clock.
alter table message add column sent_at timestamptz;
-- Our ends that a mail was written to: first the one that is answered from, then all that lead to us.
alter table message add column our_list text[] not null default '{}';
update message set sent_at = at, at = inbox_at
where channel = 'email' and direction = 'inbound' and inbox_at > at + interval '1 second';
