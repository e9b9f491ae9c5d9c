package switchboard.gateway.admin;

import switchboard.gateway.http.Call;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Skills;
import switchboard.ticketing.access.Teams;
import switchboard.ticketing.base.Page;

/// Agents, teams and skills, as the API shows them.
public final class AgentRoutes {
    private final Agents agents;
    private final Teams teams;
    private final Skills skills;

    public AgentRoutes(Agents agents, Teams teams, Skills skills) {
        this.agents = agents;
        this.teams = teams;
        this.skills = skills;
    }

    public record NewStatus(String status) {}

    public Object agents(Call call) {
        return agents.list(call.limit(), call.after());
    }

    public Object agent(Call call) {
        return agents.get(call.id());
    }

    public Object change(Call call, Agents.Change change) {
        var before = agents.get(call.id());
        boolean role = change.role() != null && !change.role().equals(before.role());
        if (role || change.active() != null && change.active() != before.active()) call.requireFresh();
        return agents.change(call.caller(), call.id(), change);
    }

    public Object changeOwn(Call call, Agents.OwnChange change) {
        return agents.changeOwn(call.caller(), change);
    }

    public Object status(Call call, NewStatus status) {
        return agents.status(call.caller(), status.status());
    }

    public Object teams(Call call) {
        return new Page<>(teams.list(), null);
    }

    public Object newTeam(Call call, Teams.Change wanted) {
        return teams.create(wanted);
    }

    public Object changeTeam(Call call, Teams.Change change) {
        return teams.change(call.id(), change);
    }

    public Object deleteTeam(Call call) {
        teams.delete(call.id());
        return null;
    }

    public Object skills(Call call) {
        return new Page<>(skills.list(), null);
    }

    public Object newSkill(Call call, Skills.Skill skill) {
        return skills.create(skill);
    }

    public Object deleteSkill(Call call) {
        skills.delete(call.path("name"));
        return null;
    }
}
