-- Until when the preferred agent comes before others; null: without end.
alter table ticket add column preferred_until timestamptz;
