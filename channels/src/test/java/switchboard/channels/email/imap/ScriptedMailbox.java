package switchboard.channels.email.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// As much of an IMAP server (RFC 9051) as a poller meets, byte by byte, with the faults that a test asks for.
final class ScriptedMailbox implements AutoCloseable {
    private static final Pattern BEGINNING = Pattern.compile("<0\\.(\\d+)>");

    enum Fault { NONE, CUT_BEFORE_FETCH, CUT_IN_LITERAL, BYE_IN_FETCH, SHORT_LITERAL }

    final List<String> heard = new CopyOnWriteArrayList<>();
    final Map<Long, String> mails = new ConcurrentSkipListMap<>();
    volatile long validity = 1;
    volatile boolean idle;
    volatile long noopMillis;
    private volatile String idling = "";
    private volatile Fault fault = Fault.NONE;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    ScriptedMailbox() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    Thread.ofVirtual().start(() -> talk(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /// The next body that is fetched meets this fault, once.
    void failNext(Fault fault) {
        this.fault = fault;
    }

    private void talk(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var out = socket.getOutputStream();
            say(out, "* OK ready");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                var words = line.split(" ", 3);
                if (!obey(socket, out, words[0], words.length > 1 ? words[1].toUpperCase(java.util.Locale.ROOT) : "",
                        words.length > 2 ? words[2] : "")) return;
            }
        } catch (IOException gone) {
            heard.add("GONE");
        }
    }

    private boolean obey(Socket socket, OutputStream out, String tag, String verb, String rest) throws IOException {
        var numbers = List.copyOf(new TreeMap<>(mails).keySet());
        if (verb.equals("IDLE")) {
            idling = tag;
            say(out, "+ idling");
            return true;
        }
        switch (verb) {
            case "CAPABILITY" -> say(out, "* CAPABILITY IMAP4rev1" + (idle ? " IDLE" : ""));
            case "SELECT" -> {
                say(out, "* " + numbers.size() + " EXISTS");
                say(out, "* FLAGS (\\Seen \\Deleted)");
                say(out, "* OK [PERMANENTFLAGS (\\Seen \\Deleted)] flags");
                say(out, "* OK [UIDVALIDITY " + validity + "] valid");
                say(out, "* OK [UIDNEXT " + (numbers.isEmpty() ? 1 : numbers.getLast() + 1) + "] next");
            }
            case "UID" -> {
                if (!uidFetch(out, rest, numbers)) return false;
            }
            case "FETCH" -> {
                if (!fetch(out, rest, numbers)) return false;
            }
            case "NOOP" -> {
                pause(noopMillis);
                say(out, "* " + numbers.size() + " EXISTS");
            }
            case "LOGOUT" -> say(out, "* BYE");
            default -> { }
        }
        say(out, (tag.equals("DONE") ? idling : tag) + (verb.equals("SELECT") ? " OK [READ-WRITE] done" : " OK done"));
        return !verb.equals("LOGOUT");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean uidFetch(OutputStream out, String rest, List<Long> numbers) throws IOException {
        if (rest.contains("BODY")) {
            for (var uid : rest.split(" ")[1].split(",")) {
                int at = numbers.indexOf(Long.parseLong(uid));
                if (at >= 0 && !one(out, at + 1, numbers.get(at), rest)) return false;
            }
            return true;
        }
        var range = rest.split(" ")[1].split(":");
        long from = Long.parseLong(range[0]);
        for (int i = 0; i < numbers.size(); i++) {
            boolean newest = i == numbers.size() - 1 && range.length > 1 && range[1].equals("*");
            if (numbers.get(i) >= from || newest) say(out, "* " + (i + 1) + " FETCH (UID " + numbers.get(i) + ")");
        }
        return true;
    }

    private boolean fetch(OutputStream out, String rest, List<Long> numbers) throws IOException {
        var set = rest.split(" ", 2);
        for (var piece : set[0].split(",")) {
            var ends = piece.split(":");
            for (int n = Integer.parseInt(ends[0]); n <= Integer.parseInt(ends[ends.length - 1]); n++) {
                if (!one(out, n, numbers.get(n - 1), set[1].toUpperCase(java.util.Locale.ROOT))) return false;
            }
        }
        return true;
    }

    private boolean one(OutputStream out, int number, long uid, String items) throws IOException {
        var mail = mails.get(uid);
        if (!items.contains("BODY")) {
            say(out, "* " + number + " FETCH (UID " + uid + " RFC822.SIZE " + mail.length() + ")");
            return true;
        }
        var now = fault;
        fault = Fault.NONE;
        switch (now) {
            case CUT_BEFORE_FETCH -> {
                return false;
            }
            case BYE_IN_FETCH -> {
                say(out, "* BYE shutting down");
                return false;
            }
            case CUT_IN_LITERAL -> {
                say(out, "* " + number + " FETCH (UID " + uid + " BODY[] {" + mail.length() + "}\r\n"
                        + mail.substring(0, mail.length() / 2));
                return false;
            }
            case SHORT_LITERAL -> {
                say(out, "* " + number + " FETCH (UID " + uid + " BODY[] {" + (mail.length() + 1_000) + "}\r\n" + mail
                        + ")");
                return false;
            }
            case NONE -> {
                var part = BEGINNING.matcher(items);
                var given = part.find() ? mail.substring(0, Math.min(mail.length(), Integer.parseInt(part.group(1))))
                        : mail;
                say(out, "* " + number + " FETCH (UID " + uid + " BODY[]" + (given == mail ? "" : "<0>") + " {"
                        + given.length() + "}\r\n" + given + ")");
            }
        }
        return true;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override public void close() throws IOException {
        server.close();
    }
}
