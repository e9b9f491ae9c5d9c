package switchboard.channels.simulator;

import static switchboard.channels.simulator.RestError.bad;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import switchboard.channels.simulator.RestRequest.Answer;
import switchboard.channels.twilio.FormBody;

/// Queues and their members, as resources and as the places where calls wait.
final class Queues {
    private static final int SIZE = 1000;
    private static final int SIZE_MAX = 5000;
    private static final int NAME_CHARACTERS_MAX = 64;

    /// A call that waits.
    record Member(Call call, Instant since) {
        long seconds() {
            return Duration.between(since, Instant.now()).toSeconds();
        }
    }

    /// One queue; its methods are atomic.
    static final class Queue {
        private final String sid;
        private final Instant created;
        private final List<Member> members = new ArrayList<>();
        private String name;
        private int sizeMax;

        Queue(String sid, String name, int sizeMax, Instant created) {
            this.sid = sid;
            this.name = name;
            this.sizeMax = sizeMax;
            this.created = created;
        }

        String sid() {
            return sid;
        }

        /// Empty when the queue is full.
        synchronized Optional<Member> enter(Call call, int most) {
            if (members.size() >= Math.min(most, sizeMax)) {
                return Optional.empty();
            }
            var member = new Member(call, Instant.now());
            members.add(member);
            return Optional.of(member);
        }

        synchronized void leave(Member member) {
            members.remove(member);
        }

        synchronized Optional<Member> take() {
            return members.isEmpty() ? Optional.empty() : Optional.of(members.removeFirst());
        }

        synchronized Optional<Member> member(String callSid) {
            return members.stream().filter(member -> callSid.equals("Front") || member.call().sid.equals(callSid))
                    .findFirst();
        }

        /// What a waiting document is told.
        synchronized FormBody fields(Member member) {
            return FormBody.of("QueuePosition", String.valueOf(position(member)), "QueueSid", sid, "QueueTime",
                    String.valueOf(member.seconds()), "AvgQueueTime", String.valueOf(averageSeconds()),
                    "CurrentQueueSize", String.valueOf(members.size()), "MaxQueueSize", String.valueOf(sizeMax));
        }

        private int position(Member member) {
            return members.indexOf(member) + 1;
        }

        private long averageSeconds() {
            return (long) members.stream().mapToLong(Member::seconds).average().orElse(0);
        }

        synchronized JsonObject json(String account) {
            return new JsonObject().put("sid", sid).put("account_sid", account).put("friendly_name", name)
                    .put("max_size", sizeMax).put("current_size", members.size())
                    .put("average_wait_time", averageSeconds())
                    .put("date_created", RestRequest.date(created)).put("date_updated", RestRequest.date(created))
                    .put("uri", "/2010-04-01/Accounts/" + account + "/Queues/" + sid + ".json");
        }

        synchronized JsonObject json(String account, Member member) {
            return new JsonObject().put("call_sid", member.call().sid).put("queue_sid", sid)
                    .put("date_enqueued", RestRequest.date(member.since())).put("position", position(member))
                    .put("wait_time", member.seconds()).put("uri", "/2010-04-01/Accounts/" + account + "/Queues/" + sid
                            + "/Members/" + member.call().sid + ".json");
        }

        synchronized List<Member> members() {
            return List.copyOf(members);
        }

        synchronized JsonObject kept() {
            return new JsonObject().put("sid", sid).put("name", name).put("sizeMax", sizeMax).put("created", created);
        }
    }

    private final Map<String, Queue> bySid = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Exchange exchange;

    Queues(Exchange exchange) {
        this.exchange = exchange;
        exchange.file.remembered("queue")
                .forEach(kept -> bySid.put(kept.getString("sid"), new Queue(kept.getString("sid"),
                kept.getString("name"), kept.getInteger("sizeMax"), kept.getInstant("created"))));
    }

    Answer create(RestRequest request) {
        String name = request.field("FriendlyName").orElseThrow(() -> bad(22001, "FriendlyName is required."));
        if (name.length() > NAME_CHARACTERS_MAX) {
            throw bad(22001, "A queue's name has at most " + NAME_CHARACTERS_MAX + " characters.");
        }
        int size = request.field("MaxSize").map(Integer::parseInt).orElse(SIZE);
        if (size < 1 || size > SIZE_MAX) {
            throw bad(22002, "MaxSize is between 1 and " + SIZE_MAX + ".");
        }
        if (find(name).isPresent()) {
            throw bad(22003, "A queue with this name exists.");
        }
        return Answer.created(json(add(name, size)));
    }

    Answer list(RestRequest request) {
        return request.page("queues", all().stream().map(this::json).toList());
    }

    Answer fetch(RestRequest request) {
        return Answer.ok(json(existing(request)));
    }

    Answer update(RestRequest request) {
        var queue = existing(request);
        synchronized (queue) {
            queue.name = request.field("FriendlyName").orElse(queue.name);
            queue.sizeMax = request.field("MaxSize").map(Integer::parseInt).orElse(queue.sizeMax);
        }
        exchange.file.remember("queue", queue.sid, queue.kept());
        return Answer.ok(json(queue));
    }

    Answer delete(RestRequest request) {
        var queue = existing(request);
        if (!queue.members().isEmpty()) {
            throw bad(22004, "The queue is not empty.");
        }
        bySid.remove(queue.sid);
        exchange.file.remember("queue", queue.sid, null);
        return Answer.noContent();
    }

    Answer listMembers(RestRequest request) {
        var queue = existing(request);
        return request.page("queue_members", queue.members().stream()
                .map(member -> queue.json(exchange.options.accountSid(), member)).toList());
    }

    Answer fetchMember(RestRequest request) {
        return Answer.ok(existing(request).json(exchange.options.accountSid(), member(request)));
    }

    /// Sends a waiting call, any or the front one, to another document.
    Answer updateMember(RestRequest request) {
        var member = member(request);
        var source = Calls.source(request).orElseThrow(() -> bad(21205, "Url parameter is required."));
        var answer = existing(request).json(exchange.options.accountSid(), member);
        existing(request).leave(member);
        member.call().signal(new Signal.Divert(source));
        return Answer.ok(answer);
    }

    /// The queue of this name; Enqueue makes one where there is none.
    synchronized Queue named(String name) {
        return find(name).orElseGet(() -> add(name, SIZE));
    }

    private Queue add(String name, int size) {
        var queue = new Queue(Sid.next("QU"), name, size, Instant.now());
        bySid.put(queue.sid, queue);
        exchange.file.remember("queue", queue.sid, queue.kept());
        return queue;
    }

    private Optional<Queue> find(String name) {
        return all().stream().filter(queue -> queue.name.equals(name) || queue.sid.equals(name)).findFirst();
    }

    private List<Queue> all() {
        synchronized (bySid) {
            return List.copyOf(bySid.values());
        }
    }

    private Queue existing(RestRequest request) {
        var queue = bySid.get(request.id());
        if (queue == null) {
            throw RestError.notFound(request.path());
        }
        return queue;
    }

    private Member member(RestRequest request) {
        return existing(request).member(request.ids().get(1)).orElseThrow(() -> RestError.notFound(request.path()));
    }

    private JsonObject json(Queue queue) {
        return queue.json(exchange.options.accountSid());
    }
}
