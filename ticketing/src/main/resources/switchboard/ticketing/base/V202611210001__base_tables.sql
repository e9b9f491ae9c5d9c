create table brand (
  id int primary key,
  name text not null
);
insert into brand values (1, 'Switchboard');

-- Settings of a feature, one document each, changed with its version.
create table setting (
  brand_id int not null default 1 references brand,
  name text not null,
  value jsonb not null,
  version int not null default 1,
  primary key (brand_id, name)
);

-- Makes the monthly partitions of a table from `months_back` before now to `months_ahead` after; asked for again, makes only what is missing.
create function ensure_partitions(parent text, months_back int, months_ahead int) returns void language plpgsql as $$
declare
  month date;
begin
  for month in select generate_series(date_trunc('month', now()) - make_interval(months => months_back),
                                      date_trunc('month', now()) + make_interval(months => months_ahead), interval '1 month')::date loop
    execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
                   parent || '_' || to_char(month, 'YYYYMM'), parent, month, (month + interval '1 month')::date);
  end loop;
  execute format('create table if not exists %I partition of %I default', parent || '_other', parent);
end $$;
