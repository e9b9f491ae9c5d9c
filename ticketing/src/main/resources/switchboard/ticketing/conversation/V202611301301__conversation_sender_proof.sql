-- What a check of the sender found, as {verdict, detail}; null where nothing was checked.
alter table message add column auth jsonb;
-- A ticket that the message named and was kept out of.
alter table message add column named_ticket uuid;
alter table message alter column auth set statistics 0, alter column named_ticket set statistics 0;
