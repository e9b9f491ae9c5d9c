package switchboard.ticketing.access;

/// What an agent's work costs, as SQL: the one place that says which conversations count, and as what.
public final class Load {
    /// A channel with at least this cost is live: its work can't be put aside, but other work can be put aside for it.
    /// Live and written work have separate units.
    public static final int LIVE_COST_MIN = 25;

    /// Ticket `t` is a running chat, whoever wrote last.
    public static final String LIVE_CHAT =
            "(t.channel = 'chat' and t.chat_ended_at is null and t.status <> 'solved' and t.merged_into is null)";

    /// The channel that ticket `t` is worked on by. A chat that has ended and a call that is over (a voice message, a
    /// call to be returned) are answered when there is time, like a mail.
    public static final String CHANNEL = """
            case when t.channel = 'chat' and t.chat_ended_at is not null then 'email'
              when t.channel = 'phone' and not exists (
                select 1 from call k where k.ticket_id = t.id and k.state <> 'ended') then 'email'
              else t.channel end""";

    /// The channel of each piece of work that agent `a` has: open tickets, and the calls that the agent is in, whatever
    /// their tickets' state. A call and its own ticket count once.
    public static final String OF_AGENT = """
            select\s""" + CHANNEL + " as channel from ticket t " + """
              where t.assignee_id = a.id and t.status = 'open' and t.merged_into is null
              and not (t.channel = 'phone' and exists (
                select 1 from call k where k.ticket_id = t.id and k.agent_id = a.id
                  and k.state in ('ringing-agent', 'active', 'held', 'wrapup')))
            union all
            select 'phone' from call k where k.agent_id = a.id
              and k.state in ('ringing-agent', 'active', 'held', 'wrapup')""";

    private Load() {}
}
