-- What an answer's actions changed in its ticket: how it stood before and after, so that they are taken back with it.
alter table message add column did jsonb;
