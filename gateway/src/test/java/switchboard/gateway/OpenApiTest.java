package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    @Test
    void theTrackedDescriptionIsWhatTheRoutesSay() throws Exception {
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("agent-console"))) root = root.getParent();
        assertEquals(OpenApi.of(new Areas().routes()),
                Files.readString(root.resolve("agent-console/openapi.json")),
                "run ./switchboard openapi");
    }

    @Test
    void theProgramDoesNotStartWithARouteThatIsNotDescribed() {
        var vertx = Vertx.vertx();
        try {
            var router = Router.router(vertx);
            var routes = new Areas().routes();
            router.get("/api/v1/agents/:id").handler(_ -> {});
            router.get("/api/v1/views").handler(_ -> {});
            OpenApi.requireComplete(routes, router.getRoutes());
            var door = router.get("/api/v1/back-door").handler(_ -> {});
            assertThrows(IllegalStateException.class, () -> OpenApi.requireComplete(routes, router.getRoutes()));
            door.remove();
            router.get("/api/v1/back-door/:id").handler(_ -> {});
            assertThrows(IllegalStateException.class, () -> OpenApi.requireComplete(routes, router.getRoutes()));
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void twoShapesOfOneNameAreRefused() {
        var one = switchboard.gateway.http.Route.get("/api/v1/a", switchboard.gateway.http.Permission.SIGNED_IN,
                switchboard.gateway.http.Answer.one(First.Shape.class), _ -> null);
        var two = switchboard.gateway.http.Route.get("/api/v1/b", switchboard.gateway.http.Permission.SIGNED_IN,
                switchboard.gateway.http.Answer.one(Firsts.FirstShape.class), _ -> null);
        assertThrows(IllegalStateException.class, () -> OpenApi.of(List.of(one, two)));
    }

    static final class First {
        record Shape(int a) {}
    }

    static final class Firsts {
        record FirstShape(int b) {}
    }
}
