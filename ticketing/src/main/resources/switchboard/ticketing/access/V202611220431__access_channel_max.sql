-- How many conversations of a channel an agent may have at once, by channel: {"chat": 3}. A channel that is not named has no bound of its own.
alter table agent add column channel_max jsonb not null default '{}';
