package io.onlooker.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import io.onlooker.examples.testing.SentSpan;
import io.onlooker.examples.testing.Shown;
import io.onlooker.test.CaptureServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The search and its typists in processes of their own. */
@Timeout(180)
class SearchTest {

  @TempDir Path folder;

  @Test
  void spans_onTheWire_areTheOnesOfTheSeed() throws Exception {
    try (CaptureServer sentry = CaptureServer.start()) {
      run(sentry.dsn());

      List<SentSpan> spans = new ArrayList<>();
      while (searches(spans, "Search").size() < 9
          || searches(spans, "Search autocomplete request").size() < 9) {
        spans.addAll(SentSpan.take(sentry));
      }
      assertThat(searches(spans, "Search autocomplete request"))
          .allSatisfy(span -> assertThat(span.op()).isEqualTo("function"))
          .allSatisfy(
              span -> assertThat(span.attributes()).containsKeys("query.length", "ui.debounce_ms"))
          .anySatisfy(span ->
              assertThat(span.attributes())
                  .containsOnlyKeys(
                      "query.length",
                      "ui.debounce_ms",
                      "results.count",
                      "results.has_results",
                      "http.response_size"))
          .anySatisfy(span -> {
            assertThat(span.status()).isEqualTo("cancelled");
            assertThat(span.attributes())
                .containsOnlyKeys("query.length", "ui.debounce_ms", "ui.aborted");
          });
      assertThat(searches(spans, "Search"))
          .allSatisfy(span -> assertThat(span.op()).isEqualTo("search"))
          .anySatisfy(span ->
              assertThat(span.attributes())
                  .containsOnlyKeys(
                      "search.engine", "search.mode", "results.count", "query.length"))
          .anySatisfy(span ->
              assertThat(span.attributes())
                  .containsOnlyKeys(
                      "search.engine",
                      "search.mode",
                      "results.count",
                      "query.length",
                      "performance.slow",
                      "search.duration_ms"))
          .anySatisfy(span -> {
            assertThat(span.status()).isEqualTo("cancelled");
            assertThat(span.text("request.aborted")).isEqualTo("true");
          })
          .anySatisfy(
              span -> assertThat(span.text("error.type")).isEqualTo("IllegalArgumentException"));
      assertThat(SentSpan.attributesOf("Search autocomplete request", "function", spans))
          .containsExactlyInAnyOrder(
              "query.length",
              "ui.debounce_ms",
              "results.count",
              "results.has_results",
              "http.response_size",
              "ui.aborted");
      assertThat(SentSpan.attributesOf("Search", "search", spans))
          .containsExactlyInAnyOrder(
              "search.engine",
              "search.mode",
              "results.count",
              "query.length",
              "performance.slow",
              "search.duration_ms",
              "request.aborted",
              "error.type");
    }
  }

  /** A busy machine may let the typing pause once too often: more searches, never fewer. */
  @Test
  void savedViews_showTheMetricsToMonitor() throws Exception {
    OnlookerProcess.assumeBuilt();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder)) {
      run(onlooker.dsn());
      onlooker.await(9, "op:search");
      onlooker.await(9, "op:function");

      Shown views = onlooker.views("Search");

      assertThat(views.titles()).hasSize(11);
      assertTimes(views);
      assertShares(views);
    }
  }

  private static void assertTimes(Shown views) {
    assertThat(views.view("Slow searches by length of the query"))
        .containsKeys("2", "4", "5", "6", "7", "9")
        .allSatisfy((length, figures) -> assertThat(figures.get(0)).isPositive());
    assertThat(views.figures("Searches marked as slow", "fuzzy"))
        .satisfies(figures -> {
          assertThat(figures.get(0)).isPositive();
          assertThat(figures.get(1)).isGreaterThan(500);
        });
    assertThat(views.view("Search times by mode"))
        .containsOnlyKeys("prefix", "fuzzy")
        .allSatisfy((mode, figures) -> assertThat(figures.get(0)).isPositive());
    assertThat(views.view("Sizes of responses"))
        .isNotEmpty()
        .allSatisfy((size, figures) -> assertThat(figures.get(1)).isPositive());
  }

  private static void assertShares(Shown views) {
    for (String share :
        List.of(
            "Requests that were aborted",
            "Searches without results",
            "Failed searches",
            "Searches that were aborted")) {
      assertThat(views.figures(share, "").get(0)).as(share).isBetween(0.05, 0.5);
    }
    for (String count : List.of("How many were aborted", "How many searches were aborted")) {
      assertThat(views.figures(count, "").get(0)).as(count).isGreaterThanOrEqualTo(1);
    }
    assertThat(views.view("Failed searches by type of error"))
        .containsOnlyKeys("IllegalArgumentException");
  }

  private static void run(String dsn) throws Exception {
    try (ExampleProcess backend = ExampleProcess.start(SearchBackend.class, dsn, Map.of());
        ExampleProcess typists =
            ExampleProcess.start(Typists.class, dsn, Map.of(), backend.address().toString())) {
      typists.done();
    }
  }

  private static List<SentSpan> searches(List<SentSpan> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }
}
