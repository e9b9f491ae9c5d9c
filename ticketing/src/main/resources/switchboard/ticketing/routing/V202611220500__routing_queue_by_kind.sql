-- The queue as the matcher reads it: of each kind (channel, skills, team) those that are to be taken first.
drop index ticket_queue;
create index ticket_queue on ticket (channel, skills, coalesce(team_id, '00000000-0000-0000-0000-000000000000'),
    array_position(array['urgent','high','normal','low'], priority), queued_at)
  where queued_at is not null and assignee_id is null and status = 'open' and merged_into is null;
