-- The country by whose habit a number without a country code is read; null: that of the line's own number.
alter table phone_number add column region text;
-- How long a caller waits for a person before the line takes a message or promises a call.
alter table phone_number add column wait_seconds_max int not null default 300
  check (wait_seconds_max between 30 and 3600);
