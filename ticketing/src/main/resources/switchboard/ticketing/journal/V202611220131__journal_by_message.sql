-- A thread is read by its messages, wherever they were moved to.
create index journal_message on journal (message_id) where message_id is not null;
