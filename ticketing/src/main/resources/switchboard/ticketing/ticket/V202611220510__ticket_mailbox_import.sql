-- Whether what lies in an IMAP mailbox at the first contact is taken too; otherwise it is read from then on.
alter table mailbox add column import_existing boolean not null default false;
alter table mailbox add column read_since timestamptz;
