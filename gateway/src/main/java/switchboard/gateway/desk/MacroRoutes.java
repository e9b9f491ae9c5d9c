package switchboard.gateway.desk;

import java.util.UUID;
import switchboard.gateway.http.Call;
import switchboard.ticketing.base.Page;
import switchboard.ticketing.reply.Macros;

/// The API's calls about macros.
public final class MacroRoutes {
    private final Macros macros;

    public MacroRoutes(Macros macros) {
        this.macros = macros;
    }

    public record ApplyTo(UUID ticketId) {}

    public Object list(Call call) {
        return new Page<>(macros.list(call.caller().id()), null);
    }

    public Object create(Call call, Macros.Macro macro) {
        return macros.create(call.caller().id(), macro);
    }

    public Object change(Call call, Macros.Macro macro) {
        return macros.change(call.caller(), call.id(), macro);
    }

    public Object delete(Call call) {
        macros.delete(call.caller(), call.id());
        return null;
    }

    public Object apply(Call call, ApplyTo to) {
        return macros.apply(TicketRoutes.visible(call.caller()), call.caller().id(), call.id(), to.ticketId());
    }
}
