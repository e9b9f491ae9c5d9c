package switchboard.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import switchboard.channels.email.Relays;

/// How the program is set up: `SWITCHBOARD_*` in the environment, over the same words in lower-case dots in
/// `switchboard.properties` in the working folder.
///
/// @param httpPort 0 takes a free one
/// @param publicUrl empty: `http://127.0.0.1:<port>`
/// @param databaseUrl empty: an embedded server in the home
/// @param redisUrl `embedded`: a server of our own in the home; empty: this process keeps what may be lost
/// @param contentUrl origin for hostile content; empty: a path of our own
/// @param smtpPort of the inbound mail listener; empty: none
/// @param lmtpPort of the same for a relay that speaks LMTP; empty: none
/// @param backupPassphrase empty: backups are encrypted with the secret
/// @param databaseOwnerUrl the same database as the owner of its tables; empty: `databaseUrl` is the owner's
/// @param metricsLocal whether `/metrics` needs no token on this machine
public record Settings(boolean demo, Path home, String httpHost, int httpPort, Optional<String> publicUrl,
                       Optional<String> databaseUrl, Optional<String> redisUrl, Optional<Integer> smtpPort,
                       Optional<Integer> lmtpPort, int demoCarrierPort, String secret,
                       Optional<String> contentUrl, Twilio twilio,
                       List<String> trustedProxies, Mail mail, boolean metricsLocal,
                       Optional<String> backupPassphrase, Optional<String> databaseOwnerUrl) {
    private static final String EMBEDDED = "embedded";
    public static final String DEMO_SECRET = "demo-secret-known-to-everyone-0000";
    public static final String DEMO_TWILIO_ACCOUNT = "AC00000000000000000000000000000001";
    public static final String DEMO_TWILIO_TOKEN = "demo0000000000000000000000000000";
    private static final int SECRET_CHARS_MIN = 16;
    private static final String FILE = "switchboard.properties";

    /// The two ways into one database.
    ///
    /// @param owner of its tables, who migrates
    /// @param working reads and writes rows; may be the owner's
    record Logins(String owner, String working) {}

    /// Connects to an external database.
    Optional<Logins> logins() {
        return databaseUrl.map(working -> new Logins(databaseOwnerUrl.orElse(working), working));
    }

    /// The Redis that somebody else runs.
    public Optional<URI> redisElsewhere() {
        return redisUrl.filter(url -> !url.equals(EMBEDDED)).map(URI::create);
    }

    /// Where the program runs a Redis of its own.
    public Optional<Path> redisHome() {
        return redisUrl.filter(EMBEDDED::equals).map(_ -> home);
    }

    /// @param check whether to check senders by DKIM, SPF and DMARC
    /// @param relays addresses and networks of servers that deliver other senders' mail
    /// @param certificate PEM file of the listener's certificate chain; empty: no STARTTLS
    /// @param key PEM file of its key
    /// @param tlsRequired whether the listener refuses mail in the clear
    /// @param testPrivate whether the mailbox test may reach this machine and private networks
    public record Mail(boolean check, List<String> relays, Optional<Path> certificate, Optional<Path> key,
                       boolean tlsRequired, boolean testPrivate) {
        public static final Mail USUAL = new Mail(true, List.of(), Optional.empty(), Optional.empty(), false, false);
    }

    /// @param baseUrl empty: the real Twilio
    public record Twilio(String accountSid, String authToken, String apiKey, String apiSecret,
            Optional<String> baseUrl) {
        public boolean configured() {
            return !accountSid.isEmpty() && !authToken.isEmpty();
        }
    }

    /// A setting that is missing or wrong, in one line for the person who starts the program.
    public static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Wrong(String line) {
            super(line, null, false, false);
        }
    }

    /// @throws Wrong when nothing can be kept in the home
    void requireHome() {
        try {
            boolean fresh = !Files.exists(home);
            Files.createDirectories(home);
            Files.delete(Files.createTempFile(home, "writable-", ""));
            if (fresh || Files.exists(home.resolve("postgres"))) closeToOthers();
        } catch (IOException refused) {
            throw new Wrong("Cannot write to the home " + home
                    + ": set SWITCHBOARD_HOME to a folder that this user may write to");
        }
    }

    /// The home holds passwords, uploads and the search index: other users of this machine must not read them.
    private void closeToOthers() throws IOException {
        if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /// @throws Wrong
    public static Settings serve() {
        return of(System.getenv(), file(), false);
    }

    /// The demo has a secret and a carrier of its own; everything else can be set as for `serve`.
    public static Settings demonstration() {
        return of(System.getenv(), file(), true);
    }

    static Settings of(Map<String, String> environment, Map<String, String> file, boolean demo) {
        var values = new HashMap<>(file);
        environment.forEach((name, value) -> {
            if (name.startsWith("SWITCHBOARD_")) values.put(name, value);
        });
        return new Reader(values, demo).settings();
    }

    private static Map<String, String> file() {
        var path = Path.of(FILE);
        var values = new HashMap<String, String>();
        if (!Files.exists(path)) return values;
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Wrong(FILE + " cannot be read: " + unreadable.getMessage());
        }
        properties.forEach((name, value) -> values.put(String.valueOf(name).toUpperCase(Locale.ROOT).replace('.', '_'),
                String.valueOf(value)));
        return values;
    }

    private record Reader(Map<String, String> values, boolean demo) {
        Settings settings() {
            return new Settings(demo, home(), text("HTTP_HOST").orElse("127.0.0.1"), port("HTTP_PORT").orElse(8080),
                    origin("PUBLIC_URL"),
                    text("DATABASE_URL").map(text -> database("DATABASE_URL", text)),
                    text("REDIS_URL").map(this::redis),
                    demo ? Optional.of(port("SMTP_PORT").orElse(2525)) : port("SMTP_PORT"), port("LMTP_PORT"),
                    port("DEMO_CARRIER_PORT").orElse(8090), secret(), origin("CONTENT_URL"), twilio(),
                    text("TRUSTED_PROXIES").stream().flatMap(all -> Stream.of(all.split("[, ]+"))).toList(), mail(),
                    metricsLocal(), backupPassphrase(), databaseOwner());
        }

        private Optional<String> backupPassphrase() {
            var passphrase = text("BACKUP_PASSPHRASE");
            if (passphrase.filter(text -> text.length() < SECRET_CHARS_MIN).isPresent()) {
                throw new Wrong("SWITCHBOARD_BACKUP_PASSPHRASE has fewer than " + SECRET_CHARS_MIN + " characters");
            }
            return passphrase;
        }

        private Optional<String> text(String name) {
            return Optional.ofNullable(values.get("SWITCHBOARD_" + name)).map(String::strip)
                    .filter(text -> !text.isEmpty());
        }

        /// Behind a proxy on this machine, every request seems local. A public address in the settings suggests such a
        /// proxy.
        private boolean metricsLocal() {
            var said = text("METRICS");
            if (said.isPresent() && !List.of("local", "token").contains(said.get())) {
                throw new Wrong("SWITCHBOARD_METRICS must be local or token");
            }
            return said.map("local"::equals).orElse(text("PUBLIC_URL").isEmpty());
        }

        private Path home() {
            // The launcher names the checkout's folder, wherever it is started from.
            return Path.of(text("HOME").orElse(System.getProperty("switchboard.home.default", ".switchboard")))
                    .toAbsolutePath().normalize();
        }

        private Optional<Integer> port(String name) {
            return text(name).map(text -> {
                if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
                    throw new Wrong("SWITCHBOARD_" + name + " must be a port between 0 and 65535, not " + text);
                }
                return Integer.parseInt(text);
            });
        }

        private Optional<String> origin(String name) {
            return text(name).map(text -> {
                try {
                    var uri = new URI(text);
                    if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null
                            || !uri.getRawPath().matches("/?") || uri.getRawQuery() != null) {
                        throw new Wrong("SWITCHBOARD_" + name + " must be http(s)://host[:port] without a path, not "
                                + text);
                    }
                    return uri.getScheme() + "://" + uri.getRawAuthority();
                } catch (java.net.URISyntaxException wrong) {
                    throw new Wrong("SWITCHBOARD_" + name + " is not a web address: " + text);
                }
            });
        }

        private Optional<String> databaseOwner() {
            var owner = text("DATABASE_OWNER_URL").map(text -> database("DATABASE_OWNER_URL", text));
            if (owner.isPresent() && text("DATABASE_URL").isEmpty()) {
                throw new Wrong("SWITCHBOARD_DATABASE_OWNER_URL needs SWITCHBOARD_DATABASE_URL, by which the program "
                        + "works");
            }
            return owner;
        }

        private String database(String name, String text) {
            if (!text.matches("postgres(ql)?://[^/]+/.+")) {
                throw new Wrong("SWITCHBOARD_" + name + " must be postgresql://user:password@host:port/database");
            }
            return text.replaceFirst("^postgres://", "postgresql://");
        }

        private String redis(String text) {
            if (text.equals(EMBEDDED)) return text;
            try {
                var uri = new URI(text);
                if (List.of("redis", "rediss").contains(uri.getScheme()) && uri.getHost() != null
                        && uri.getPort() > 0) {
                    return text;
                }
            } catch (java.net.URISyntaxException wrong) {
                // said below
            }
            throw new Wrong("SWITCHBOARD_REDIS_URL must be redis://[:password@]host:port or embedded");
        }

        private String secret() {
            if (demo) return text("SECRET").orElse(DEMO_SECRET);
            var secret = text("SECRET").orElseThrow(() -> new Wrong(
                    "SWITCHBOARD_SECRET is missing: set it to a random text of 32 characters or more and keep it"));
            if (secret.equals(DEMO_SECRET)) throw new Wrong("SWITCHBOARD_SECRET is the demo's, which everyone knows");
            if (secret.length() < SECRET_CHARS_MIN) {
                throw new Wrong("SWITCHBOARD_SECRET has fewer than " + SECRET_CHARS_MIN + " characters");
            }
            return secret;
        }

        private Mail mail() {
            var relays = text("SMTP_RELAYS").stream().flatMap(all -> Stream.of(all.split("[, ]+"))).toList();
            try {
                new Relays(relays);
            } catch (IllegalArgumentException wrong) {
                throw new Wrong("SWITCHBOARD_SMTP_RELAYS: " + wrong.getMessage() + " is no address and no network");
            }
            var certificate = text("SMTP_TLS_CERTIFICATE").map(Path::of);
            var key = text("SMTP_TLS_KEY").map(Path::of);
            boolean required = flag("SMTP_TLS_REQUIRED", false);
            if (certificate.isPresent() != key.isPresent()) {
                throw new Wrong("SWITCHBOARD_SMTP_TLS_CERTIFICATE and SWITCHBOARD_SMTP_TLS_KEY belong together");
            }
            if (required && certificate.isEmpty()) {
                throw new Wrong("SWITCHBOARD_SMTP_TLS_REQUIRED needs SWITCHBOARD_SMTP_TLS_CERTIFICATE and its key");
            }
            return new Mail(flag("MAIL_CHECK", true), relays, certificate, key, required,
                    flag("MAIL_TEST_PRIVATE", demo));
        }

        private boolean flag(String name, boolean otherwise) {
            return text(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "on", "true", "yes" -> true;
                case "off", "false", "no" -> false;
                default -> throw new Wrong("SWITCHBOARD_" + name + " must be on or off, not " + text);
            }).orElse(otherwise);
        }

        private Twilio twilio() {
            var account = text("TWILIO_ACCOUNT_SID").orElse(demo ? DEMO_TWILIO_ACCOUNT : "");
            var token = text("TWILIO_AUTH_TOKEN").orElse(demo ? DEMO_TWILIO_TOKEN : "");
            if (!demo && token.equals(DEMO_TWILIO_TOKEN)) {
                throw new Wrong("SWITCHBOARD_TWILIO_AUTH_TOKEN is the demo's, which everyone knows");
            }
            if (!account.isEmpty() && token.isEmpty()) {
                throw new Wrong("SWITCHBOARD_TWILIO_AUTH_TOKEN is missing: without it no webhook can be verified");
            }
            return new Twilio(account, token, text("TWILIO_API_KEY").orElse(""), text("TWILIO_API_SECRET").orElse(""),
                    text("TWILIO_BASE_URL"));
        }
    }
}
