package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.http.Response;
import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.store.StoreException;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees when the store has no answer. */
final class FaultsTest {

  @Test
  void part_staysAlone() {
    BoardView.Part part =
        BoardView.Part.of(
            "calls",
            "Calls",
            () -> {
              throw new StoreException(StoreException.Reason.LIMIT, "memory: 1 GB used up", null);
            });

    assertThat(part.title()).isEqualTo("Calls");
    assertThat(part.empty()).isEqualTo("memory: 1 GB used up");
    assertThat(part.log()).matches("[0-9a-f]{8}");
  }

  @Test
  void overview_partsFailAlone() {
    // A store of sessions and spans: it keeps no groups and counts no figures.
    Document page = Site.withSamples().page("/p/shop/overview");

    assertThat(page.select(".part h2").eachText())
        .containsExactly(
            "Readings",
            "Sessions and failures",
            "Is it slower than yesterday?",
            "Why sessions failed",
            "Which tool is slow",
            "Cost by model",
            "Models");
    assertThat(page.select(".part .notice.bad")).hasSize(7);
    assertThat(page.select(".part code").eachText())
        .hasSize(7)
        .allMatch(log -> log.matches("[0-9a-f]{8}"));
  }

  @Test
  void page_leadsOn(@TempDir Path folder) {
    EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder));
    Routes routes = Site.over(store);
    store.close();

    Response response = RouteServer.ask(routes, "/p/shop/spans?range=6h", Map.of());
    Document page = Site.page(response);

    assertThat(response.status()).isIn(500, 503);
    assertThat(page.expectFirst("main code").text()).matches("[0-9a-f]{8}");
    assertThat(page.select("main a").eachAttr("href"))
        .contains("/p/shop/spans?range=6h", "/p/shop/sessions", "/");
    assertThat(page.select(".bar nav a")).hasSize(7);
    assertThat(page.text()).doesNotContain("Exception");
  }
}
