-- Into which customer it was merged itself; merged_into is where the whole chain ends. Taking a merge back needs both.
alter table customer add column merged_direct uuid references customer;
update customer set merged_direct = merged_into where merged_into is not null;
create index customer_merged_direct on customer (merged_direct) where merged_direct is not null;
