package switchboard.channels.email.outgoing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A relay that answers each command as the test says: a reply line, or `CUT` to hang up there. It writes down every
/// line it heard.
public final class ScriptedRelay implements AutoCloseable {
    public static final String CUT = "CUT";

    public final List<String> heard = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<String, String> script;

    public ScriptedRelay(Function<String, String> script) throws IOException {
        this.script = script;
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

    public int port() {
        return server.getLocalPort();
    }

    private void talk(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            boolean message = false;
            if (!answer(socket, "CONNECT")) return;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                boolean end = message && line.equals(".");
                if (message && !end) continue;
                if (!answer(socket, end ? "DOT" : line)) return;
                message = !end && line.equals("DATA") && script(line).startsWith("354");
            }
        } catch (IOException gone) {
            heard.add("GONE");
        }
    }

    private boolean answer(Socket socket, String line) throws IOException {
        var reply = script(line);
        if (reply.equals(CUT)) return false;
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private String script(String line) {
        var told = script.apply(line);
        if (told != null) return told;
        return line.equals("CONNECT") ? "220 relay" : line.startsWith("EHLO") ? "250 relay" : line.equals("DATA")
                ? "354 go" : line.equals("QUIT") ? "221 bye" : "250 fine";
    }

    @Override public void close() throws IOException {
        server.close();
    }
}
