-- Partitions the journal by our own clock. A sender's clock may name any year; such rows went into the default partition,
-- and PostgreSQL creates no partition for a month that has rows there.
set local timezone = 'UTC';
do $$
declare
  part regclass;
begin
  for part in select inhrelid::regclass from pg_inherits where inhparent = 'journal'::regclass loop
    execute format('alter table %s rename to %I', part, 'before_' || (select relname from pg_class where oid = part));
  end loop;
end $$;
alter table journal rename to before_journal;
alter index journal_pkey rename to before_journal_pkey;
alter index journal_customer rename to before_journal_customer;
alter index journal_ticket rename to before_journal_ticket;
alter index journal_message rename to before_journal_message;
alter sequence journal_id_seq rename to before_journal_id_seq;

create table journal (
  id bigint generated always as identity,
  -- When it happened, in the sender's or provider's view.
  at timestamptz not null,
  brand_id int not null default 1,
  kind text not null,
  version smallint not null default 1,
  actor_type text not null,
  actor_id uuid,
  customer_id uuid,
  ticket_id uuid,
  message_id uuid,
  cause bigint,
  facts jsonb not null default '{}',
  -- When it was written down, by our clock.
  recorded_at timestamptz not null default now(),
  primary key (id, recorded_at)
) partition by range (recorded_at);
create index journal_customer on journal (customer_id, id) where customer_id is not null;
create index journal_ticket on journal (ticket_id, id) where ticket_id is not null;
create index journal_message on journal (message_id) where message_id is not null;
alter table journal alter column facts set statistics 0;

alter table journal_pending rename column at to recorded_at;
alter table journal_order rename column at to recorded_at;

-- Creates the partitions for the month of `clock` and the next two, and moves rows from the default partition to their
-- month. It runs with the rights of the tables' owner, because the program's role cannot create tables.
create function keep_partitions(clock timestamptz) returns int language plpgsql security definer set timezone = 'UTC'
  set lock_timeout = '2s' as $$
declare
  parent text;
  key text;
  month date;
  part text;
  -- The start of the month, or the end of the previous partition if that was created in another time zone.
  low timestamptz;
  high timestamptz;
  made int := 0;
begin
  if clock is null or abs(extract(year from age(clock, now()))) >= 10 then
    raise exception 'This is no time to make partitions for: %', clock using errcode = '22023';
  end if;
  for parent, key in values ('journal', 'recorded_at'), ('inbox', 'received_at') loop
    for month in execute format(
        'select generate_series(date_trunc(''month'', $1), date_trunc(''month'', $1) + interval ''2 months'',
           interval ''1 month'')::date
         union select distinct date_trunc(''month'', %I)::date from %I order by 1', key, parent || '_other') using clock
    loop
      part := parent || '_' || to_char(month, 'YYYYMM');
      continue when to_regclass(part) is not null;
      low := coalesce((select substring(pg_get_expr(relpartbound, oid) from 'TO \(''([^'']+)''\)')::timestamptz
        from pg_class where oid = to_regclass(parent || '_' || to_char(month - interval '1 month', 'YYYYMM'))), month);
      high := month + interval '1 month';
      execute format('create table %I (like %I including all excluding identity)', part, parent);
      execute format('with moved as (delete from %I where %I >= %L and %I < %L returning *)
        insert into %I select * from moved', parent || '_other', key, low, key, high, part);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, low,
        high);
      made := made + 1;
    end loop;
  end loop;
  return made;
end $$;
revoke execute on function keep_partitions from public;

-- Existing rows: estimate recorded_at as the latest `at` so far in the order of ids.
do $$
begin
  -- Fix the search path so that a caller cannot substitute other tables.
  execute format('alter function keep_partitions set search_path = %I, pg_temp', current_schema());
  perform ensure_partitions('journal', greatest(1, (select (extract(year from old) * 12 + extract(month from old))::int
    from (select age(date_trunc('month', now()), date_trunc('month', greatest(min(at), now() - interval '5 years'))) as old
          from before_journal) x where old is not null)), 2);
end $$;
insert into journal (id, at, brand_id, kind, version, actor_type, actor_id, customer_id, ticket_id, message_id, cause, facts,
  recorded_at) overriding system value
select id, at, brand_id, kind, version, actor_type, actor_id, customer_id, ticket_id, message_id, cause, facts,
  max(least(at, now())) over (order by id) from before_journal;
select setval(pg_get_serial_sequence('journal', 'id'), greatest((select max(id) from before_journal), 1),
  exists (select 1 from before_journal));
update journal_order o set recorded_at = j.recorded_at from journal j
where j.id = o.id and j.recorded_at <> o.recorded_at;
update journal_pending p set recorded_at = j.recorded_at from journal j
where j.id = p.id and j.recorded_at <> p.recorded_at;
drop table before_journal;
