package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any id leads to the page that shows what it names. */
final class JumpTest {

  private static final String EVENT = "ab".repeat(16);

  @TempDir private static Path folder;

  private static EmbeddedStore store;
  private static Routes routes;
  private static Recording recording;
  private static String tool;

  @BeforeAll
  static void fill() {
    store = EmbeddedStore.open(StoreConfig.of(folder).withClock(InstantSource.fixed(Site.NOW)));
    recording = new Recording(77, Site.NOW.minusSeconds(60));
    String root = recording.nextId();
    long start = recording.nanos();
    tool = recording.tool(root, "check_order", 20, "{}", null, "timed out");
    recording.span(
        root,
        null,
        "gen_ai.invoke_agent",
        "invoke_agent Clerk",
        start,
        null,
        Map.of("gen_ai.operation.type", "agent", "gen_ai.agent.name", "Clerk"));
    List<io.onlooker.Item> items = new ArrayList<>(recording.items());
    items.add(
        new ErrorData(
            EVENT,
            recording.nanos(),
            recording.traceId(),
            tool,
            LogData.Level.ERROR,
            null,
            List.of(new ErrorData.ExceptionData("ToolTimeout", "timed out", true, List.of())),
            Attributes.EMPTY));
    store.append(new Batch(1, items));
    routes = Site.over(store);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static String go(String id) {
    return RouteServer.ask(routes, "/go/" + id, Map.of()).headers().getOrDefault("location", "");
  }

  @Test
  void go_session() {
    assertThat(go(recording.id(1))).isEqualTo("/p/shop/sessions/" + recording.id(1));
  }

  @Test
  void go_trace() {
    assertThat(go(recording.traceId())).isEqualTo("/p/shop/traces/" + recording.traceId());
  }

  @Test
  void go_span() {
    assertThat(go(tool))
        .isEqualTo("/p/shop/sessions/" + recording.id(1) + "?step=" + tool + "#s-" + tool);
  }

  @Test
  void go_event() {
    assertThat(go(EVENT)).isEqualTo("/p/shop/go?q=" + tool);
  }

  @Test
  void go_issue() {
    String issue =
        Site.page(RouteServer.ask(routes, "/p/shop/issues", Map.of()))
            .expectFirst("a.row")
            .attr("href")
            .replaceFirst(".*/", "")
            .replaceFirst("\\?.*", "");

    assertThat(go(issue)).startsWith("/p/shop/issues/" + issue);
  }

  @Test
  void go_nothing() {
    assertThat(go("ffffffffffffffff")).isEmpty();
  }
}
