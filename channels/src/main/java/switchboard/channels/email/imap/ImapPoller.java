package switchboard.channels.email.imap;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.channels.email.mime.MailLimits;
import switchboard.channels.email.outgoing.Vetted;

/// Reads one mailbox folder to its end and then waits for more, on a virtual thread of its own. Nothing on the server
/// changes before `MailboxCursor.commit` has returned; then the messages are marked as seen, which is a courtesy to
/// people who look in, not our memory. A lost connection is opened again with growing pauses, from the committed cursor
/// on.
public final class ImapPoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImapPoller.class);
    static final int BATCH_MESSAGES = 100;
    /// A batch also ends at this many bytes, so that a hundred large messages never lie in memory together.
    static final long BATCH_BYTES = 2L * MailLimits.MESSAGE_BYTES_MAX;
    /// Of a mail that is larger than we take: enough to see that it is, so that it is put aside for people to see.
    private static final String BEGINNING = "BODY.PEEK[]<0." + (MailLimits.MESSAGE_BYTES_MAX + 1) + ">";
    /// The server's clock may be slow; an old mail too many is better than a new one lost.
    private static final Duration CLOCK_SLACK = Duration.ofHours(1);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    private final ImapSettings settings;
    private final MailboxCursor cursor;
    private final Duration pauseFirst;
    private Optional<SocketFactory> reach = Optional.empty();
    private volatile IMAPStore store;
    private volatile boolean closing;
    private Thread thread;

    ImapPoller(ImapSettings settings, MailboxCursor cursor, Duration pauseFirst) {
        this.settings = settings;
        this.cursor = cursor;
        this.pauseFirst = pauseFirst;
    }

    /// Starts reading; returns at once. Call it while holding the mailbox's lease.
    public static ImapPoller start(ImapSettings settings, MailboxCursor cursor) {
        return start(settings, cursor, PAUSE_FIRST);
    }

    static ImapPoller start(ImapSettings settings, MailboxCursor cursor, Duration pauseFirst) {
        var poller = new ImapPoller(settings, cursor, pauseFirst);
        poller.thread = Thread.ofVirtual().name("imap-" + settings.user()).start(poller::run);
        return poller;
    }

    private void run() {
        var pause = pauseFirst;
        while (!closing) {
            try {
                connect();
                pause = pauseFirst;
                follow();
            } catch (MessagingException | IOException | RuntimeException | Error e) {
                if (!closing) LOG.warn("{}: {}", settings,
                        String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " "));
            } finally {
                disconnect();
            }
            if (closing || !sleep(pause)) return;
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    private void follow() throws MessagingException, IOException {
        var folder = (IMAPFolder) store.getFolder(settings.folder());
        folder.open(Folder.READ_WRITE);
        while (!closing) {
            int known = folder.getMessageCount();
            // a message that the server told of while we were reading would not be told of again
            if (readWaiting(folder) == 0 && folder.getMessageCount() == known) await(folder);
        }
    }

    /// Reads all that waits, batch by batch; each is committed and then marked. Answers how many messages there were.
    private int readWaiting(IMAPFolder folder) throws MessagingException, IOException {
        var position = cursor.load();
        long validity = folder.getUIDValidity();
        boolean known = position.uidValidity() == validity;
        var waiting = known ? waiting(folder, position.lastUid()) : unknown(folder, position);
        for (int at = 0; at < waiting.size() && !closing; )
                at += readBatch(folder, validity, waiting.subList(at, waiting.size()));
        return waiting.size();
    }

    /// Of a folder that was never read, or that the server has numbered anew, what is to be taken. Where that is
    /// nothing, the cursor is moved past all of it, so that it is not looked through again.
    private List<Message> unknown(IMAPFolder folder, UidCursor position) throws MessagingException {
        var since = cursor.since();
        if (since.isEmpty()) return waiting(folder, 0);
        long newest = newest(folder);
        // A mailbox in use is full of what was answered long ago.
        boolean first = position.equals(UidCursor.NONE);
        var taken = first ? List.<Message>of()
                : received(folder, waiting(folder, 0), since.get().minus(CLOCK_SLACK));
        if (taken.isEmpty()) cursor.commit(List.of(), new UidCursor(folder.getUIDValidity(), newest));
        return taken;
    }

    private static long newest(IMAPFolder folder) throws MessagingException {
        if (folder.getUIDNext() > 0) return folder.getUIDNext() - 1;
        var all = waiting(folder, 0);
        return all.isEmpty() ? 0 : folder.getUID(all.getLast());
    }

    /// Those that the server received after that; it has numbered everything anew.
    private static List<Message> received(IMAPFolder folder, List<Message> all, Instant after)
            throws MessagingException {
        var dates = new FetchProfile();
        dates.add(FetchProfile.Item.ENVELOPE);
        folder.fetch(all.toArray(Message[]::new), dates);
        var later = new ArrayList<Message>();
        for (var message : all) {
            var at = message.getReceivedDate();
            if (at == null || at.toInstant().isAfter(after)) later.add(message);
        }
        return later;
    }

    private int readBatch(IMAPFolder folder, long validity, List<Message> waiting) throws MessagingException,
            IOException {
        var next = waiting.subList(0, Math.min(BATCH_MESSAGES, waiting.size()));
        var sizes = new FetchProfile();
        sizes.add(FetchProfile.Item.SIZE);
        folder.fetch(next.toArray(Message[]::new), sizes);
        var chosen = fitting(next);
        boolean large = large(chosen.getFirst());
        var bodies = bodies(folder, chosen, large ? BEGINNING : "BODY.PEEK[]");
        var batch = new ArrayList<RawMail>();
        var taken = new ArrayList<Message>();
        for (var message : chosen) {
            long uid = folder.getUID(message);
            try {
                if (large && !bodies.containsKey(uid)) throw new IOException("message " + uid + " was not given");
                batch.add(new RawMail(uid, bodies.containsKey(uid) ? bodies.get(uid) : raw(message)));
                taken.add(message);
            } catch (MessageRemovedException someoneDeletedIt) {
                LOG.debug("{}: message {} is gone", settings, uid);
            }
        }
        cursor.commit(List.copyOf(batch), new UidCursor(validity, folder.getUID(chosen.getLast())));
        markSeen(folder, taken);
        return chosen.size();
    }

    /// As many as may lie in memory together, and at least one; one that is larger than we take is alone.
    private static List<Message> fitting(List<Message> next) throws MessagingException {
        long bytes = 0;
        int count = 0;
        for (var message : next) {
            boolean large = large(message);
            bytes += Math.max(0, message.getSize());
            if (count > 0 && (large || bytes > BATCH_BYTES)) break;
            count++;
            if (large) break;
        }
        return next.subList(0, count);
    }

    /// Larger than we take, or of a size that the server does not tell or no int can hold.
    private static boolean large(Message message) throws MessagingException {
        return message.getSize() < 0 || message.getSize() > MailLimits.MESSAGE_BYTES_MAX;
    }

    /// The raw bytes of all of them by UID, in one question; one that the server leaves out is asked for alone.
    private static Map<Long, byte[]> bodies(IMAPFolder folder, List<Message> messages, String part)
            throws MessagingException {
        var uids = new ArrayList<String>();
        for (var message : messages) uids.add(Long.toString(folder.getUID(message)));
        var bodies = new HashMap<Long, byte[]>();
        folder.doCommand(protocol -> {
            var responses = protocol.command("UID FETCH " + String.join(",", uids) + " (" + part + ")", null);
            for (var response : responses) {
                if (!(response instanceof FetchResponse fetched)) continue;
                var uid = fetched.getItem(UID.class);
                var body = fetched.getItem(BODY.class);
                if (uid != null && body != null && body.getByteArray() != null) {
                    bodies.put(uid.uid, body.getByteArray().getNewBytes());
                }
            }
            protocol.notifyResponseHandlers(responses);
            protocol.handleResult(responses[responses.length - 1]);
            return null;
        });
        return bodies;
    }

    /// The messages after that UID, oldest first.
    private static List<Message> waiting(IMAPFolder folder, long after) throws MessagingException {
        var list = new ArrayList<Message>();
        for (var message : folder.getMessagesByUID(after + 1, UIDFolder.LASTUID)) {
            // "n:*" always names the newest message, even when it is older than n
            if (message != null && !message.isExpunged() && folder.getUID(message) > after) list.add(message);
        }
        return list;
    }

    private static byte[] raw(Message message) throws MessagingException, IOException {
        ((IMAPMessage) message).setPeek(true);
        var out = new ByteArrayOutputStream(Math.max(1_024, message.getSize()));
        message.writeTo(out);
        ((IMAPMessage) message).invalidateHeaders();
        return out.toByteArray();
    }

    private void markSeen(IMAPFolder folder, List<Message> taken) {
        try {
            folder.setFlags(taken.toArray(Message[]::new), new Flags(Flags.Flag.SEEN), true);
        } catch (MessagingException e) {
            LOG.debug("{}: not marked as seen: {}", settings, e.getMessage());
        }
    }

    /// Until the server speaks, or it is time to look: IDLE where it is known, else a pause and a NOOP.
    private void await(IMAPFolder folder) throws MessagingException {
        if (!store.hasCapability("IDLE")) {
            if (!sleep(settings.pollEvery())) closing = true;
            look(folder);
            return;
        }
        var over = new CountDownLatch(1);
        // Not to be interrupted: it may be reading its answer, and that would close the connection.
        Thread.ofVirtual().name("imap-alarm").start(() -> {
            try {
                if (!over.await(idleTime().toMillis(), TimeUnit.MILLISECONDS)) wake(folder);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            folder.idle(true);
        } finally {
            over.countDown();
        }
    }

    /// Shorter than the read timeout, which would take a silent IDLE for a dead server.
    private Duration idleTime() {
        var half = settings.readTimeout().dividedBy(2);
        return half.compareTo(settings.pollEvery()) < 0 ? half : settings.pollEvery();
    }

    /// Gives the server the chance to tell of new messages.
    private static void look(IMAPFolder folder) throws MessagingException {
        folder.doCommand(protocol -> {
            protocol.noop();
            return null;
        });
    }

    private static void wake(IMAPFolder folder) {
        try {
            look(folder);
        } catch (MessagingException | IllegalStateException gone) {
            LOG.debug("idle ended: {}", gone.getMessage());
        }
    }

    /// Signs in, looks for the folder, and leaves; nothing is read or changed.
    ///
    /// @param reach opens the connection to the server
    /// @return the problem, a refused sign-in in the server's words; empty when all is well
    public static Optional<String> check(ImapSettings settings, SocketFactory reach) {
        var poller = new ImapPoller(settings, null, PAUSE_FIRST);
        poller.reach = Optional.of(reach);
        try {
            poller.connect();
            return poller.store.getFolder(settings.folder()).exists() ? Optional.empty()
                    : Optional.of("There is no folder " + settings.folder());
        } catch (AuthenticationFailedException refused) {
            return Optional.of(String.valueOf(refused.getMessage()).replaceAll("\\p{Cntrl}+", " "));
        } catch (MessagingException unreached) {
            return Optional.of(Vetted.UNREACHED);
        } finally {
            poller.disconnect();
        }
    }

    private void connect() throws MessagingException {
        boolean tls = settings.tls() == ImapSettings.Tls.TLS;
        var prefix = tls ? "mail.imaps." : "mail.imap.";
        var properties = properties(settings, prefix);
        reach.ifPresent(factory -> {
            properties.put(prefix + "socketFactory", factory);
            properties.put(prefix + "socketFactory.fallback", "false");
        });
        var session = Session.getInstance(properties);
        var fresh = (IMAPStore) session.getStore(tls ? "imaps" : "imap");
        store = fresh;
        fresh.connect(settings.host(), settings.port(), settings.user(), settings.password());
    }

    private static Properties properties(ImapSettings settings, String prefix) {
        var p = new Properties();
        p.put(prefix + "connectiontimeout", String.valueOf(settings.connectTimeout().toMillis()));
        p.put(prefix + "timeout", String.valueOf(settings.readTimeout().toMillis()));
        p.put(prefix + "writetimeout", String.valueOf(settings.readTimeout().toMillis()));
        p.put(prefix + "partialfetch", "false");
        p.put(prefix + "peek", "true");
        p.put(prefix + "ssl.checkserveridentity", "true");
        p.put(prefix + "ssl.protocols", "TLSv1.2 TLSv1.3");
        p.put(prefix + "starttls.enable", String.valueOf(settings.tls() == ImapSettings.Tls.STARTTLS));
        p.put(prefix + "starttls.required", String.valueOf(settings.tls() == ImapSettings.Tls.STARTTLS));
        settings.sockets().ifPresent(s -> p.put(prefix + "ssl.socketFactory", s));
        return p;
    }

    private void disconnect() {
        var old = store;
        if (old == null) return;
        try {
            old.close();
        } catch (MessagingException | RuntimeException gone) {
            LOG.debug("{}: {}", settings, gone.getMessage());
        }
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Ends after the batch in hand; what was not committed is read again next time.
    @Override public void close() {
        closing = true;
        disconnect();
        thread.interrupt();
        try {
            thread.join(settings.readTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
