-- When an agent ended the live chat that the ticket came by; the ticket itself may go on by mail.
alter table ticket add column chat_ended_at timestamptz;
