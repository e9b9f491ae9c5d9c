package switchboard.gateway;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import switchboard.channels.Channel;
import switchboard.channels.chat.ChatChannel;
import switchboard.channels.email.EmailChannel;
import switchboard.channels.email.PublicAddress;
import switchboard.channels.email.Relays;
import switchboard.channels.email.proof.CachedDns;
import switchboard.channels.email.smtp.PemFiles;
import switchboard.channels.email.smtp.Tls;
import switchboard.channels.form.FormChannel;
import switchboard.channels.simulator.CarrierSimulator;
import switchboard.channels.simulator.SimulatorOptions;
import switchboard.channels.sms.SmsChannel;
import switchboard.channels.twilio.TwilioAccess;
import switchboard.channels.twilio.TwilioSettings;
import switchboard.channels.voice.VoiceChannel;
import switchboard.ticketing.base.Database;
import switchboard.ticketing.base.Signer;
import switchboard.ticketing.call.Calls;
import switchboard.ticketing.intake.Inbox;
import switchboard.ticketing.intake.Intake;
import switchboard.ticketing.journal.Journal;
import switchboard.ticketing.outbox.Outbox;

/// The ways in and out, as the settings ask for them: the one place that lists the channels.
///
/// @param carrier the demo's stand-in for Twilio; it is exchanged for Twilio by settings alone
/// @param calls present whenever there is a telephone line
record Ways(EmailChannel email, FormChannel form, ChatChannel chat, Optional<SmsChannel> sms,
            Optional<VoiceChannel> phone, Optional<Calls> calls, Optional<CarrierSimulator> carrier) {

    /// What every channel is made of.
    record Parts(Vertx vertx, Database database, Journal journal, Inbox inbox, Outbox outbox, Intake intake,
                 Signer signer, String url) {}

    static Ways open(Settings settings, Parts parts) {
        var email = new EmailChannel(new EmailChannel.Options(host(settings), settings.smtpPort(),
                settings.lmtpPort(), settings.demo(), Optional.empty(), safety(settings.mail())),
                parts.database(), parts.journal(),
                parts.inbox(), parts.outbox(), parts.signer());
        var form = new FormChannel(parts.inbox());
        var chat = new ChatChannel(parts.vertx(), parts.database(), parts.journal(), parts.inbox(), parts.outbox(),
                parts.signer(), URI.create(parts.url()));
        var carrier = settings.demo() && settings.twilio().baseUrl().isEmpty()
                ? Optional.of(carrier(settings, parts.url())) : Optional.<CarrierSimulator>empty();
        var twilio = twilio(settings, carrier.map(CarrierSimulator::baseUrl));
        if (twilio.isEmpty()) {
            return new Ways(email, form, chat, Optional.empty(), Optional.empty(), Optional.empty(), carrier);
        }
        var access = new TwilioAccess(twilio.get());
        var calls = new Calls(parts.database(), parts.journal(), parts.outbox(), parts.intake());
        var sms = new SmsChannel(parts.database(), parts.inbox(), parts.outbox(), parts.intake(),
                parts.journal(), access, twilio.get(), parts.url());
        var phone = new VoiceChannel(parts.database(), parts.inbox(), calls, access, twilio.get(), parts.url());
        return new Ways(email, form, chat, Optional.of(sms), Optional.of(phone), Optional.of(calls), carrier);
    }

    private static EmailChannel.Safety safety(Settings.Mail mail) {
        return new EmailChannel.Safety(mail.check() ? Optional.of(new CachedDns()) : Optional.empty(),
                new Relays(mail.relays())::speaksForItself, tls(mail),
                mail.testPrivate() ? _ -> true : PublicAddress::is);
    }

    private static Tls tls(Settings.Mail mail) {
        try {
            return mail.certificate().isEmpty() ? Tls.NONE : new Tls(Optional.of(
                    new PemFiles(mail.certificate().get(), mail.key().orElseThrow())), mail.tlsRequired());
        } catch (IllegalArgumentException wrong) {
            throw new Settings.Wrong("SWITCHBOARD_SMTP_TLS_CERTIFICATE: " + wrong.getMessage());
        }
    }

    private static InetAddress host(Settings settings) {
        try {
            return InetAddress.getByName(settings.httpHost());
        } catch (UnknownHostException unknown) {
            throw new Settings.Wrong("There is no host " + settings.httpHost() + "; see SWITCHBOARD_HTTP_HOST");
        }
    }

    private static CarrierSimulator carrier(Settings settings, String url) {
        Function<String, URI> hook = path -> URI.create(url + "/webhooks/twilio/" + path);
        try {
            return CarrierSimulator.start(new SimulatorOptions(settings.twilio().accountSid(),
                    settings.twilio().authToken(), settings.demoCarrierPort(), settings.httpHost(), hook.apply("sms"),
                    hook.apply("voice"), hook.apply("status"),
                    "+15005550006").withFolder(settings.home().resolve("carrier")));
        } catch (RuntimeException taken) {
            throw new Settings.Wrong("The carrier's port " + settings.demoCarrierPort() + " cannot be opened ("
                    + taken.getMessage() + "): set SWITCHBOARD_DEMO_CARRIER_PORT to a free one");
        }
    }

    private static Optional<TwilioSettings> twilio(Settings settings, Optional<URI> carrier) {
        var twilio = settings.twilio();
        if (twilio.accountSid().isEmpty()) return Optional.empty();
        var key = Optional.of(twilio.apiKey()).filter(text -> !text.isEmpty());
        var secret = Optional.of(twilio.apiSecret()).filter(text -> !text.isEmpty());
        try {
            return Optional.of(new TwilioSettings(twilio.accountSid(), twilio.authToken(), key, secret,
                    carrier.or(() -> twilio.baseUrl().map(URI::create))));
        } catch (IllegalArgumentException wrong) {
            throw new Settings.Wrong("The SWITCHBOARD_TWILIO_ settings are not right: " + wrong.getMessage());
        }
    }

    List<Channel> all() {
        var all = new ArrayList<Channel>(List.of(email, form, chat));
        sms.ifPresent(all::add);
        phone.ifPresent(all::add);
        return all;
    }
}
