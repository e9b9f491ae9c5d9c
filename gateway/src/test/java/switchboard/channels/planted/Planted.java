package switchboard.channels.planted;

import switchboard.gateway.redis.Ephemeral;
import switchboard.ticketing.postgres.Migrations;

/// Breaks two walls on purpose, so that the architecture test is seen to find it.
public final class Planted {

    private Planted() {
    }

    public static void breakWalls(Ephemeral gateway) {
        gateway.remove("key");
        Migrations.apply("");
    }
}
