package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.http.Response;
import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Batch;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers' texts in lists, charts and figures, all of them at once: they stay text. */
final class HostileListsTest {

  @TempDir private static Path folder;

  private static EmbeddedStore store;
  private static Routes routes;

  @BeforeAll
  static void fill() throws IOException {
    store = EmbeddedStore.open(StoreConfig.of(folder).withClock(InstantSource.fixed(Site.NOW)));
    HostileTest.texts()
        .filter(hostile -> hostile.text().length() < 20_000)
        .forEach(
            hostile -> store.append(new Batch(1, HostileTest.recording(hostile.text()).items())));
    routes = Site.over(store);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/overview",
        "/sessions",
        "/sessions?cols=user&cols=conversation&cols=model&cols=release&cols=environment",
        "/traces",
        "/conversations",
        "/users",
        "/agents",
        "/models",
        "/tools",
        "/mcp",
        "/queues",
        "/spans?by=gen_ai.agent.name&by=user.id&agg=count()",
        "/spans?by=gen_ai.request.model&agg=p95(span.duration)&cmp=prev",
        "/spans?mode=samples&cols=user&cols=name",
        "/issues",
        "/logs"
      })
  void list_showsItAsText(String path) {
    Response response = ask("/p/shop" + path);

    assertThat(response.status()).as(path).isEqualTo(200);
    HostileTest.assertHarmless(Site.page(response));
  }

  /** Whatever a row leads to can be shown as well. */
  @ParameterizedTest
  @ValueSource(strings = {"/users", "/agents", "/models", "/tools", "/issues", "/conversations"})
  void row_opens(String path) {
    List<String> links =
        Site.page(ask("/p/shop" + path)).select("a.row").stream()
            .map(row -> row.attr("href"))
            .limit(12)
            .toList();

    assertThat(links).isNotEmpty();
    for (String link : links) {
      Response response = ask(link);
      assertThat(response.status()).as(link).isEqualTo(200);
      HostileTest.assertHarmless(Site.page(response));
    }
  }

  /** A cell's term finds its row again, whatever the text is. */
  @Test
  void term_findsItsRow() {
    Document page = Site.page(ask("/p/shop/sessions"));
    for (Element cell : page.select("td:nth-child(6)[data-term]").stream().limit(12).toList()) {
      Document found =
          Site.page(ask(Links.with("/p/shop/sessions", Map.of("q", cell.attr("data-term")))));

      assertThat(found.select("#q-problem")).as(cell.attr("data-term")).isEmpty();
      assertThat(found.select(".sessions tbody tr").eachAttr("id"))
          .as(cell.attr("data-term"))
          .contains(Objects.requireNonNull(cell.parent()).id());
    }
  }

  private static Response ask(String path) {
    return RouteServer.ask(routes, path, Map.of());
  }
}
