-- Whether an agent is in a call, asked for each agent whenever work is given out.
create index call_of_agent on call (agent_id) where state in ('ringing-agent', 'active', 'held', 'wrapup');
