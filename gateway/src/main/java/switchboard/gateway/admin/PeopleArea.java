package switchboard.gateway.admin;

import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.ADMIN;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Route.delete;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.patch;
import static switchboard.gateway.http.Route.post;
import static switchboard.gateway.http.Route.put;

import java.util.List;
import switchboard.gateway.admin.AgentRoutes.NewStatus;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.http.Route;
import switchboard.ticketing.access.Agent;
import switchboard.ticketing.access.Agents;
import switchboard.ticketing.access.Skills;
import switchboard.ticketing.access.Teams;

/// Agents, teams and skills.
public final class PeopleArea implements Area {
    private AgentRoutes agents;

    @Override
    public List<Route> routes() {
        return List.of(
                get(API + "/agents", SIGNED_IN, page(Agent.class), c -> agents.agents(c)).paged(),
                get(API + "/agents/{id}", SIGNED_IN, one(Agent.class), c -> agents.agent(c)),
                patch(API + "/agents/{id}", ADMIN, Agents.Change.class, one(Agent.class),
                        (c, b) -> agents.change(c, b)),
                patch(API + "/agents/me", SIGNED_IN, Agents.OwnChange.class, one(Agent.class),
                        (c, b) -> agents.changeOwn(c, b)),
                put(API + "/agents/me/status", SIGNED_IN, NewStatus.class, one(Agent.class),
                        (c, b) -> agents.status(c, b)),
                get(API + "/teams", SIGNED_IN, page(Teams.Team.class), c -> agents.teams(c))
                        .whole(Teams.Team::id),
                post(API + "/teams", ADMIN, Teams.Change.class, one(Teams.Team.class),
                        (c, b) -> agents.newTeam(c, b)).created(),
                patch(API + "/teams/{id}", ADMIN, Teams.Change.class, one(Teams.Team.class),
                        (c, b) -> agents.changeTeam(c, b)),
                delete(API + "/teams/{id}", ADMIN, c -> agents.deleteTeam(c)),
                get(API + "/skills", SIGNED_IN, page(Skills.Skill.class), c -> agents.skills(c))
                        .whole(Skills.Skill::name),
                post(API + "/skills", ADMIN, Skills.Skill.class, one(Skills.Skill.class),
                        (c, b) -> agents.newSkill(c, b)).created(),
                delete(API + "/skills/{name}", ADMIN, c -> agents.deleteSkill(c)));
    }

    @Override
    public void open(Ground ground) {
        agents = new AgentRoutes(ground.people().agents(), ground.people().teams(),
                new Skills(ground.stores().database()));
    }
}
