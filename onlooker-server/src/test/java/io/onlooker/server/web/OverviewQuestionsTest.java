package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.demo.SampleShop;
import io.onlooker.server.http.RouteServer;
import io.onlooker.server.http.Routes;
import io.onlooker.server.read.Rollup;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often pages of figures ask the store: each question more is time that somebody waits. */
class OverviewQuestionsTest {

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private CountingStore store;

  @SuppressWarnings("NullAway.Init")
  private Routes pages;

  @BeforeEach
  void open() {
    InstantSource clock = InstantSource.fixed(Site.NOW);
    store = new CountingStore(EmbeddedStore.open(StoreConfig.of(folder).withClock(clock)));
    pages = Site.over(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> asked(String path) {
    // Environments are asked for once in a while, by whichever page comes first.
    RouteServer.ask(pages, path, Map.of());
    store.takeAsked();

    assertThat(RouteServer.ask(pages, path, Map.of()).status()).isEqualTo(200);

    return store.takeAsked();
  }

  @Test
  void overview_asksForEachThingOnce() {
    SampleShop.fill(store, 1, Site.NOW, 2);

    assertThat(asked("/p/shop/overview"))
        .as("with the two that tell what is usual, since something is worse than before")
        .containsExactlyInAnyOrder(
            "sessions: ALL",
            "sessions: ALL",
            "sessions: CAUSE",
            "sessions: STEP",
            "sessions: STEP",
            "spans: count() by gen_ai.request.model",
            "spans: count() by gen_ai.tool.name",
            "spans: count() by gen_ai.tool.name",
            "spans: min(timestamp) by release",
            "spans: share(" + Rollup.TOOL_FAILED + ") by nothing",
            "spans: sum(onlooker.cost_usd) by gen_ai.request.model");
  }

  @Test
  void agent_asksForEachThingOnce() {
    SampleShop.fill(store, 1, Site.NOW, 2);

    assertThat(asked("/p/shop/agents/Triage"))
        .filteredOn(question -> question.startsWith("sessions"))
        .containsExactly("sessions: ALL", "sessions: ALL", "sessions: CAUSE", "sessions: STEP");
  }
}
