-- A message's HTML as one version of the sanitiser made it, where making it takes long.
create table message_html (
  message_id uuid primary key references message on delete cascade,
  version int not null,
  html text not null
);

-- What is erased or changed in a message must not live on here.
create function message_html_stale() returns trigger language plpgsql as $$
begin
  delete from message_html where message_id = new.id;
  return null;
end $$;
create trigger message_html_stale after update of html on message
  for each row when (old.html is distinct from new.html) execute function message_html_stale();
