/// A telephone company on one machine: it answers Twilio's REST calls, calls our webhooks as Twilio does, and has
/// handsets for the people at the other end. Open [CarrierSimulator] first.
package switchboard.channels.simulator;
