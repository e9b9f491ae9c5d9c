package switchboard.channels.chat;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.ticketing.base.Failure;

/// One open socket: takes frames in order on a virtual thread of its own, and closes on whoever sends what is no frame,
/// too much of it, or nothing for too long. What happens here happens to no other socket.
final class Door {
    static final int FRAME_CHARS_MAX = 64 * 1024;
    static final int FRAMES_WAITING_MAX = 256;
    /// Of all frames of one socket that are not taken yet: room for any one, and for as many short ones as may wait.
    static final int CHARS_WAITING_MAX = 2 * FRAME_CHARS_MAX;
    /// The widget pings every 25 seconds.
    static final Duration SILENCE_MAX = Duration.ofSeconds(90);
    static final short MALFORMED = 4400;
    static final short REFUSED = 4403;
    static final short TOO_BIG = 1009;
    static final short TOO_MANY = 4429;
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final String END = "";

    private final Wire wire;
    private final BlockingQueue<String> frames = new ArrayBlockingQueue<>(FRAMES_WAITING_MAX);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    private Door(Wire wire) {
        this.wire = wire;
    }

    /// To be called in the moment of the upgrade, on the event loop, so that no frame is missed.
    ///
    /// @param left runs once, when the socket is gone
    static void open(ServerWebSocket socket, HttpConnection connection, Function<Wire, ChatSession> session,
                     Runnable left) {
        var wire = new Wire(socket, connection);
        var door = new Door(wire);
        socket.textMessageHandler(door::take);
        socket.binaryMessageHandler(_ -> door.refuse(MALFORMED, "malformed", "Frames are text"));
        // What the web server itself finds too large; a line that is broken has no use for the code.
        socket.exceptionHandler(_ -> {
            wire.close(TOO_BIG, "too-big");
            door.end();
        });
        socket.closeHandler(_ -> {
            door.end();
            left.run();
        });
        Thread.ofVirtual().name("chat-socket").start(() -> door.work(session.apply(wire)));
    }

    private void take(String text) {
        if (closed) return;
        if (text.length() > FRAME_CHARS_MAX) {
            refuse(TOO_BIG, "too-big", "A frame has at most 64 KB");
        } else if (!text.isEmpty() && !offer(text)) {
            refuse(TOO_MANY, "too-many", "Frames come faster than they can be taken");
        }
    }

    private boolean offer(String text) {
        return waiting.addAndGet(text.length()) <= CHARS_WAITING_MAX && frames.offer(text);
    }

    private void end() {
        closed = true;
        frames.clear();
        frames.offer(END);
    }

    private void refuse(short status, String code, String detail) {
        wire.send("error", Map.of("code", code, "detail", detail));
        wire.close(status, code);
        end();
    }

    private void work(ChatSession session) {
        try {
            while (!closed) {
                var text = frames.poll(SILENCE_MAX.toSeconds(), TimeUnit.SECONDS);
                if (text == null) wire.close((short) 1000, "silent");
                if (text == null || text.equals(END)) return;
                waiting.addAndGet(-text.length());
                handle(session, text);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }

    private void handle(ChatSession session, String text) {
        try {
            session.take(Frame.parse(text));
        } catch (ChatSession.Closing closing) {
            refuse(closing.status(), closing.code(), closing.getMessage());
        } catch (Failure.Invalid wrong) {
            refuse(MALFORMED, "malformed", wrong.getMessage());
        } catch (RuntimeException failed) {
            // Not acknowledged, so the widget sends it again.
            LOG.warn("chat socket: {}", failed.toString(), failed);
            refuse((short) 1011, "internal", "Something went wrong here; please try again");
        }
    }
}
