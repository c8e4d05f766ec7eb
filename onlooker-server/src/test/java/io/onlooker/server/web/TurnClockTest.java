package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.http.RouteServer;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation some of whose clocks cannot be right, as its page shows it. */
class TurnClockTest {

  private static final long NOW = TimeUnit.SECONDS.toNanos(Site.NOW.getEpochSecond());

  @TempDir Path folder;

  @Test
  void turns_areMarkedWhereTheirClocksCannotBeRight() {
    InstantSource clock = InstantSource.fixed(Site.NOW);
    try (Store store = EmbeddedStore.open(StoreConfig.of(folder).withClock(clock))) {
      store.append(
          new Batch(
              1, List.of(turn(1, -600, 60), turn(2, -570, 5), turn(3, -300, 5), turn(4, 900, 5))));

      Document page =
          Site.page(RouteServer.ask(Site.over(store), "/p/shop/conversations/talk", Map.of()));

      assertThat(page.select("section.turn").stream().map(TurnClockTest::mark))
          .containsExactly(
              "",
              "began before the turn above had ended: the clocks differ, or both ran at once",
              "",
              "starts in the future: the sender's clock is ahead");
    }
  }

  private static String mark(Element turn) {
    return turn.select("header .warn[title]").attr("title").replaceFirst(".*; this one ", "");
  }

  private static SpanData turn(int number, long startSeconds, long seconds) {
    long start = NOW + TimeUnit.SECONDS.toNanos(startSeconds);
    return new SpanData(
        "%032x".formatted(0xABCL + number),
        "%016x".formatted(0xABCL + number),
        null,
        "invoke_agent",
        "gen_ai.invoke_agent",
        start,
        start + TimeUnit.SECONDS.toNanos(seconds),
        SpanStatus.OK,
        true,
        Attributes.builder()
            .put(GenAi.OPERATION_TYPE, "agent")
            .put(GenAi.AGENT_NAME, "support")
            .put(GenAi.CONVERSATION_ID, "talk")
            .build(),
        List.of());
  }
}
