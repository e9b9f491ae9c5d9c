-- When the address's own domain last vouched for a mail of it (signed, or sent by a host that it names).
alter table identity add column vouched_at timestamptz;
