package switchboard.gateway.content;

import static switchboard.gateway.http.Answer.nothing;
import static switchboard.gateway.http.Answer.one;
import static switchboard.gateway.http.Answer.page;
import static switchboard.gateway.http.Permission.SIGNED_IN;
import static switchboard.gateway.http.Route.get;
import static switchboard.gateway.http.Route.post;
import static switchboard.gateway.http.Route.put;
import static switchboard.gateway.http.Route.upload;

import java.util.List;
import switchboard.gateway.area.Area;
import switchboard.gateway.area.Ground;
import switchboard.gateway.http.Answer;
import switchboard.gateway.http.Route;
import switchboard.gateway.realtime.Presence;

/// Files, raw messages, their delivery, and who is looking at a ticket.
public final class MessageArea implements Area {
    private Uploads uploads;
    private Messages messages;
    private Presence presence;

    @Override
    public List<Route> routes() {
        return List.of(
                put(API + "/tickets/{id}/presence", SIGNED_IN, Presence.NewState.class, nothing(),
                        (c, b) -> presence.put(c, b)),
                upload(API + "/attachments", SIGNED_IN, one(Uploads.Uploaded.class), c -> uploads.receive(c)),
                get(API + "/messages/{id}/raw", SIGNED_IN, new Answer.Bytes("message/rfc822"), c -> messages.raw(c)),
                get(API + "/messages/{id}/delivery", SIGNED_IN, page(Messages.Step.class),
                        c -> messages.delivery(c)).whole(),
                post(API + "/messages/{id}/retry", SIGNED_IN, nothing(), c -> messages.retry(c)));
    }

    @Override
    public void open(Ground ground) {
        uploads = new Uploads(ground.stores().database(), ground.site().links());
        messages = new Messages(ground.stores().database(), ground.core().deliveries());
        presence = ground.doors().presence();
    }
}
