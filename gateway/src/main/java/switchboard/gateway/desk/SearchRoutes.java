package switchboard.gateway.desk;

import java.util.List;
import switchboard.gateway.http.Call;
import switchboard.knowledgebase.KnowledgeBase;
import switchboard.knowledgebase.search.Hit;
import switchboard.ticketing.access.Policy;
import switchboard.ticketing.reply.Search;

/// One search over everything that the caller may see, the help centre's articles included.
public final class SearchRoutes {
    private final Search search;
    private final KnowledgeBase knowledge;

    public SearchRoutes(Search search, KnowledgeBase knowledge) {
        this.search = search;
        this.knowledge = knowledge;
    }

    public record Everything(List<Search.TicketHit> tickets, List<Search.MessageHit> messages,
                             List<Search.CustomerHit> customers, List<Hit> articles) {}

    public Object find(Call call) {
        var q = call.queryOr("q", "");
        var hits = search.find(Policy.visible(call.caller()), Policy.customers(call.caller()), q, call.limit());
        var articles = q.isBlank() ? List.<Hit>of()
                : knowledge.search(call.queryOr("locale", call.caller().language()), q, Math.min(call.limit(), 20)).items();
        return new Everything(hits.tickets(), hits.messages(), hits.customers(), articles);
    }
}
