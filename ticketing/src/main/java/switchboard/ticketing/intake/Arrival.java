package switchboard.ticketing.intake;

import java.util.Map;

/// One event as a door took it in: raw bytes, and what the door knows besides them.
///
/// @param door which decoder will read it: smtp, imap, sms, sms-status, voice, chat, form, ...
/// @param lane events of one lane are worked in order, lanes side by side; known without decoding
/// @param key names the event for ever, as the channel names it; a second arrival with the same door and key is a
///     repeat
public record Arrival(String door, String lane, String key, Map<String, Object> envelope, byte[] raw) {}
