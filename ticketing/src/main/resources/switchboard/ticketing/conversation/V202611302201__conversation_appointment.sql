-- The appointment that a mail carries; null without one.
alter table message add column appointment jsonb;
alter table message alter column appointment set statistics 0;
-- What became of an appointment later.
create index message_appointment on message (customer_id, (appointment->>'uid'), at) where appointment is not null;
