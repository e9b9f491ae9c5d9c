package switchboard.channels.email.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door for mail: SMTP (RFC 5321), or LMTP (RFC 2033) for a local relay. One virtual thread for each connection. A
/// message is offered to `Acceptance.Delivery` and the client hears 250 only when that has said that it is committed.
public final class SmtpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpListener.class);
    private static final int NETWORK_BYTES = 8;
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    public enum Protocol { SMTP, LMTP }

    /// @param port 0 for any free one
    /// @param knownRecipient whether mail for this address is ours; asked on the connection's thread
    public record Settings(InetAddress bind, int port, Protocol protocol, String hostName,
            Predicate<String> knownRecipient, Tls tls, SmtpLimits limits) {}

    private final Settings settings;
    private final Acceptance.Delivery delivery;
    private final ServerSocket server;
    private final Semaphore places;
    private final Semaphore memory;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Map<SmtpSession, Thread> sessions = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /// What one network is using now.
    private record Client(AtomicInteger connections, Semaphore memory) {}

    private SmtpListener(Settings settings, Acceptance.Delivery delivery, ServerSocket server) {
        this.settings = settings;
        this.delivery = delivery;
        this.server = server;
        this.places = new Semaphore(settings.limits().connectionsMax());
        this.memory = new Semaphore(settings.limits().memoryMiB());
    }

    /// @throws IOException when the port cannot be bound
    public static SmtpListener start(Settings settings, Acceptance.Delivery delivery) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(settings.bind(), settings.port()), 200);
        var listener = new SmtpListener(settings, delivery, socket);
        Thread.ofVirtual().name("smtp-accept-" + listener.port()).start(listener::acceptConnections);
        return listener;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void acceptConnections() {
        while (!closing) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().name("smtp-" + socket.getRemoteSocketAddress()).start(() -> serve(socket));
            } catch (IOException e) {
                if (!closing) LOG.warn("mail connection could not be accepted: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket socket) {
        var network = network(socket.getInetAddress());
        var count = new AtomicInteger();
        var client = clients.compute(network, (_, known) -> {
            var one = known == null ? new Client(new AtomicInteger(), new Semaphore(share())) : known;
            count.set(one.connections().incrementAndGet());
            return one;
        });
        boolean place = places.tryAcquire();
        boolean welcome = count.get() <= settings.limits().connectionsPerClientMax() && place && !closing;
        try (socket) {
            socket.setSoTimeout((int) settings.limits().idleTimeout().toMillis());
            socket.setTcpNoDelay(true);
            if (!welcome) {
                socket.getOutputStream().write("421 4.7.0 too many connections\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            var session = new SmtpSession(settings, delivery, new MailMemory(client.memory(), memory), socket);
            sessions.put(session, Thread.currentThread());
            try {
                session.run();
            } finally {
                sessions.remove(session);
            }
        } catch (IOException e) {
            LOG.debug("mail connection ended: {}", e.getMessage());
        } finally {
            if (place) places.release();
            clients.computeIfPresent(network, (_, one) -> one.connections().decrementAndGet() == 0 ? null : one);
        }
    }

    /// Our own relay delivers everyone's mail.
    private int share() {
        var limits = settings.limits();
        return settings.protocol() == Protocol.LMTP ? limits.memoryMiB() : limits.memoryPerClientMiB();
    }

    /// Who counts as one client: an IPv4 address, or the first 64 bits of an IPv6 one, which is what one customer of a
    /// network has.
    static String network(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, Math.min(NETWORK_BYTES, bytes.length));
    }

    /// Takes no new connection, lets messages that are being stored get their answer, and hangs up on the rest.
    @Override public void close() {
        closing = true;
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("listener socket: {}", e.getMessage());
        }
        sessions.keySet().forEach(SmtpSession::leave);
        sessions.values().forEach(SmtpListener::await);
    }

    private static void await(Thread session) {
        try {
            session.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
