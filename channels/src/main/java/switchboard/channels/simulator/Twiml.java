package switchboard.channels.simulator;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// A TwiML document, and the rules it must keep. What does not fit is reported as Twilio's debugger would, and skipped.
///
/// @param url where it came from; relative URLs inside are resolved against it
record Twiml(String url, List<Element> verbs) {
    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("Say", Set.of("voice", "language", "loop")),
            Map.entry("Play", Set.of("loop", "digits")),
            Map.entry("Pause", Set.of("length")),
            Map.entry("Gather", Set.of("input", "action", "method", "timeout", "finishOnKey", "numDigits",
                    "speechTimeout", "maxSpeechTime", "speechModel", "hints", "language", "bargeIn", "profanityFilter",
                    "actionOnEmptyResult", "partialResultCallback", "partialResultCallbackMethod", "enhanced",
                    "debug")),
            Map.entry("Record", Set.of("action", "method", "timeout", "finishOnKey", "maxLength", "playBeep", "trim",
                    "recordingStatusCallback", "recordingStatusCallbackMethod", "recordingStatusCallbackEvent",
                    "transcribe", "transcribeCallback")),
            Map.entry("Dial", Set.of("action", "method", "timeout", "timeLimit", "callerId", "answerOnBridge",
                    "hangupOnStar", "record", "trim", "recordingStatusCallback", "recordingStatusCallbackMethod",
                    "recordingStatusCallbackEvent", "recordingTrack", "ringTone", "sequential", "referUrl",
                    "referMethod")),
            Map.entry("Number", Set.of("url", "method", "sendDigits", "statusCallback", "statusCallbackEvent",
                    "statusCallbackMethod", "machineDetection", "byoc")),
            Map.entry("Client", Set.of("url", "method", "statusCallback", "statusCallbackEvent",
                    "statusCallbackMethod")),
            Map.entry("Identity", Set.of()), Map.entry("Parameter", Set.of("name", "value")),
            Map.entry("Conference", Set.of("muted", "beep", "startConferenceOnEnter", "endConferenceOnExit", "waitUrl",
                    "waitMethod", "maxParticipants", "record", "region", "coach", "trim", "statusCallback",
                    "statusCallbackEvent", "statusCallbackMethod", "recordingStatusCallback",
                    "recordingStatusCallbackMethod", "recordingStatusCallbackEvent", "participantLabel",
                    "jitterBufferSize", "eventCallbackUrl")),
            Map.entry("Queue", Set.of("url", "method", "reservationSid", "postWorkActivitySid")),
            Map.entry("Enqueue", Set.of("action", "method", "waitUrl", "waitUrlMethod", "maxQueueSize", "workflowSid")),
            Map.entry("Redirect", Set.of("method")), Map.entry("Leave", Set.of()), Map.entry("Hangup", Set.of()),
            Map.entry("Reject", Set.of("reason")),
            Map.entry("Message", Set.of("to", "from", "action", "method", "statusCallback")),
            Map.entry("Body", Set.of()), Map.entry("Media", Set.of()));

    /// Reads an answer as TwiML; empty when it cannot be: the problem then says why.
    static Optional<Twiml> parse(Webhooks.Reply reply, Consumer<String> problems) {
        String type = reply.contentType().split(";")[0].strip();
        if (!Set.of("text/xml", "application/xml", "text/html", "text/plain").contains(type)) {
            problems.accept("12300 " + reply.url() + " has the content type '" + type + "'");
            return Optional.empty();
        }
        return parse(reply.url(), reply.body(), problems);
    }

    static Optional<Twiml> parse(String url, String text, Consumer<String> problems) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            var root = builder.parse(new InputSource(new StringReader(text.strip()))).getDocumentElement();
            if (!root.getTagName().equals("Response")) {
                problems.accept("12100 " + url + ": the root element is " + root.getTagName());
                return Optional.empty();
            }
            children(root).forEach(verb -> check(url, verb, problems));
            return Optional.of(new Twiml(url, children(root).stream()
                    .filter(verb -> ATTRIBUTES.containsKey(verb.getTagName())).toList()));
        } catch (Exception e) {
            problems.accept("12100 " + url + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void check(String url, Element verb, Consumer<String> problems) {
        var known = ATTRIBUTES.get(verb.getTagName());
        if (known == null) {
            problems.accept("12200 " + url + ": unknown element " + verb.getTagName());
            return;
        }
        for (int i = 0; i < verb.getAttributes().getLength(); i++) {
            String name = verb.getAttributes().item(i).getNodeName();
            if (!known.contains(name)) {
                problems.accept("12200 " + url + ": " + verb.getTagName() + " has no attribute " + name);
            }
        }
        if (!verb.getTagName().equals("Say")) {      // inside Say stands SSML
            children(verb).forEach(inner -> check(url, inner, problems));
        }
    }

    static List<Element> children(Element parent) {
        var children = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static Optional<String> attribute(Element verb, String name) {
        return verb.hasAttribute(name) ? Optional.of(verb.getAttribute(name)) : Optional.empty();
    }

    static boolean flag(Element verb, String name, boolean otherwise) {
        return attribute(verb, name).map(Boolean::parseBoolean).orElse(otherwise);
    }

    static int number(Element verb, String name, int otherwise) {
        return attribute(verb, name).filter(text -> text.matches("[0-9]{1,6}")).map(Integer::parseInt)
                .orElse(otherwise);
    }
}
