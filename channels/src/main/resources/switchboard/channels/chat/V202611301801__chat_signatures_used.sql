-- Host pages' signatures that name themselves (jti) and have been used; kept until they run out.
create table chat_signature_used (
  digest text primary key,
  expires_at timestamptz not null
);
create index chat_signature_expiry on chat_signature_used (expires_at);
