-- Mail addresses are compared without case; `raw` keeps how they were written. Where two customers had one address in
-- two spellings, the older owner keeps it and the pair is suggested: nobody is merged silently.
create temporary table mail_twin on commit drop as
  select i.id, i.customer_id, first_value(i.id) over held as kept, first_value(i.customer_id) over held as owner
  from identity i
  where i.kind = 'email' and i.verified and not i.shared
  window held as (partition by i.brand_id, lower(i.value) order by i.created_at, i.id);
insert into identity_suggestion (identity_id, customer_id, reason)
  select t.id, t.owner, 'same-address' from mail_twin t
    join customer mine on mine.id = t.customer_id join customer other on other.id = t.owner
  where t.id <> t.kept and coalesce(mine.merged_into, mine.id) <> coalesce(other.merged_into, other.id)
  on conflict do nothing;
update identity set verified = false where id in (select id from mail_twin where id <> kept);
update identity set value = lower(value) where kind = 'email' and value <> lower(value);
update message set sender = lower(sender) where channel in ('email', 'form') and sender <> lower(sender);
update consent set address = lower(address) where address like '%@%' and address <> lower(address);
