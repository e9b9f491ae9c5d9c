-- Where the visitor of a web page wrote a message, as the browser reports it; null elsewhere.
alter table message add column visit jsonb;
alter table message alter column visit set statistics 0;
-- Words of a visitor who has become known since keep no name that we made up.
update message m set author_name = root.name
from customer c join customer root on root.id = coalesce(c.merged_into, c.id)
where c.id = m.author_id and m.author_type = 'customer' and m.channel = 'chat'
  and m.author_name ~ '^Visitor [0-9a-f]{4}$' and root.name <> '' and root.name <> m.author_name;
