/// How Switchboard and Twilio talk: [TwilioAccess] for our requests, [Signature] for theirs.
package switchboard.channels.twilio;
