-- A notice of failure may name nothing but the address.
create index message_outbound_to on message using gin (to_list) where direction = 'outbound' and channel = 'email';
