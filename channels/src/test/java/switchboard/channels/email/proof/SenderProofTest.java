package switchboard.channels.email.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static switchboard.channels.email.proof.SenderProof.Verdict.FAIL;
import static switchboard.channels.email.proof.SenderProof.Verdict.NONE;
import static switchboard.channels.email.proof.SenderProof.Verdict.PASS;
import static switchboard.channels.email.proof.SenderProof.Verdict.UNKNOWN;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S1")
class SenderProofTest {
    private static final String MAIL = """
            From: Ann <ann@bank.example>
            To: support@desk.test
            Subject: my order
            Message-ID: <1@bank.example>

            Where is it?
            """;

    private final Zone zone = new Zone();

    private SenderProof.Result check(String mail, Evidence.Client client) {
        return new SenderProof(zone).check(new Evidence("bank.example", Optional.ofNullable(client),
                Zone.wire(mail).getBytes(StandardCharsets.UTF_8)));
    }

    private static Evidence.Client client(String address, String from) {
        return new Evidence.Client(address, "mx.sender.example", from);
    }

    @Test
    void aSignatureOfTheSendersDomainProves() {
        zone.key("bank.example").txt("_dmarc.bank.example", "v=DMARC1; p=reject");
        var result = check(Zone.signed("bank.example", MAIL), client("203.0.113.9", "x@elsewhere.example"));
        assertEquals(PASS, result.verdict());
        assertEquals("dkim=pass; spf=unaligned; dmarc=reject", result.detail());
        assertEquals(PASS, check(Zone.signed("bank.example", MAIL), null).verdict(), "read from a mailbox");
    }

    @Test
    void aSignatureOfASubdomainProvesUnlessTheOwnerIsStrict() {
        zone.key("mail.bank.example");
        var signed = Zone.signed("mail.bank.example", MAIL);
        assertEquals(PASS, check(signed, null).verdict());
        zone.txt("_dmarc.bank.example", "v=DMARC1; p=reject; adkim=s");
        assertEquals(FAIL, check(signed, client("203.0.113.9", "x@elsewhere.example")).verdict());
    }

    @Test
    void aSignatureOfAStrangerProvesNothingAndAsksNoServerOfTheirs() {
        zone.key("thief.example").txt("thief.example", "v=spf1 +all");
        var result = check(Zone.signed("thief.example", MAIL), client("203.0.113.9", "x@thief.example"));
        assertEquals(NONE, result.verdict());
        assertEquals(List.of(), zone.strangersAsked("bank.example"));
        zone.txt("_dmarc.bank.example", "v=DMARC1; p=quarantine");
        assertEquals(FAIL, check(Zone.signed("thief.example", MAIL), client("203.0.113.9", "x@thief.example"))
                .verdict());
    }

    @Test
    void aChangedBodyOrSubjectBreaksTheSignature() {
        zone.key("bank.example").txt("_dmarc.bank.example", "v=DMARC1; p=reject");
        var signed = Zone.signed("bank.example", MAIL);
        var client = client("203.0.113.9", "x@elsewhere.example");
        assertEquals(FAIL, check(signed.replace("Where is it", "Pay me"), client).verdict());
        assertEquals(FAIL, check(signed.replace("Subject: my order", "Subject: another"), client).verdict());
        assertEquals(NONE, check(signed.replace("Where is it", "Pay me"), null).verdict(),
                "without the client nothing is certain");
    }

    @Test
    void aSignatureOverAPartOfTheBodyProvesNothing() {
        zone.key("bank.example");
        assertEquals(NONE, check(Zone.signed("bank.example", "l=5; ", MAIL), null).verdict());
    }

    @Test
    void theClientThatTheDomainNamesProves() {
        zone.txt("bank.example", "v=spf1 ip4:203.0.113.0/24 -all");
        assertEquals(PASS, check(MAIL, client("203.0.113.9", "ann@bank.example")).verdict());
        assertEquals("dkim=none; spf=fail; dmarc=none", check(MAIL, client("198.51.100.1", "ann@bank.example"))
                .detail());
        assertEquals(FAIL, check(MAIL, client("198.51.100.1", "ann@bank.example")).verdict(), "-all says so");
        zone.txt("bank.example", "v=spf1 ip4:203.0.113.0/24 ~all");
        assertEquals(NONE, check(MAIL, client("198.51.100.1", "ann@bank.example")).verdict());
    }

    @Test
    void theGreetingStandsForAnEmptyReturnPathAndIPv6Counts() {
        zone.txt("mx.bank.example", "v=spf1 ip6:2001:db8::/32 -all");
        assertEquals(PASS, check(MAIL, new Evidence.Client("2001:db8:0:0:0:0:0:7", "mx.bank.example", "")).verdict());
        assertEquals(NONE, check(MAIL, new Evidence.Client("2001:db8::7", "[203.0.113.5]", "")).verdict());
    }

    @Test
    void theOrganisationsRecordHoldsForASubdomain() {
        zone.txt("_dmarc.bank.example", "v=DMARC1; p=none; sp=reject");
        var result = new SenderProof(zone).check(new Evidence("pay.bank.example",
                Optional.of(client("203.0.113.9", "x@thief.example")), Zone.wire(MAIL)
                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals(FAIL, result.verdict());
    }

    @Test
    void plainMailOfTheWorldIsNeitherProvenNorSuspect() {
        assertEquals(NONE, check(MAIL, client("203.0.113.9", "ann@bank.example")).verdict());
        zone.txt("_dmarc.bank.example", "v=DMARC1; p=none");
        assertEquals(NONE, check(MAIL, client("203.0.113.9", "ann@bank.example")).verdict(), "only watching");
        assertEquals(NONE, check(MAIL, null).verdict());
    }

    @Test
    void aSilentServerDecidesNothing() {
        zone.silent("_dmarc.bank.example");
        assertEquals(UNKNOWN, check(MAIL, client("203.0.113.9", "ann@bank.example")).verdict());
        zone.silent("s1._domainkey.bank.example");
        assertEquals(UNKNOWN, check(Zone.signed("bank.example", MAIL), null).verdict());
    }

    @Test
    void oddSignaturesAndRawBytesAreNoError() {
        zone.key("bank.example");
        var many = "DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=s1; h=from; bh=x; b=y\r\n".repeat(2000);
        assertEquals(NONE, check(many + Zone.wire(MAIL), null).verdict());
        assertEquals(NONE, check("DKIM-Signature: d=bank.example\r\n" + Zone.wire(MAIL), null).verdict());
        var raw = MAIL.replace("my order", "我的订单 größer");
        assertEquals(PASS, check(Zone.signed("bank.example", raw), null).verdict());
        assertTrue(check("DKIM-Signature:\r\n", null).detail().contains("dkim=none"));
    }
}
