package io.onlooker.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import io.onlooker.examples.testing.SentSpan;
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
    }
  }

  @Test
  void metricsToMonitor_areAnswered() throws Exception {
    OnlookerProcess.assumeBuilt();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder)) {
      run(onlooker.dsn());

      assertThat(onlooker.figures(9, "op:search", "p95(span.duration)", "query.length"))
          .containsOnlyKeys("2", "4", "5", "6", "7", "9")
          .allSatisfy((length, millis) -> assertThat(millis).isGreaterThan(0));
      assertThat(onlooker.figure(1, "op:search performance.slow:true", "avg(search.duration_ms)"))
          .isGreaterThan(500);
      assertThat(onlooker.figures(9, "op:search", "p50(span.duration)", "search.mode"))
          .containsOnlyKeys("prefix", "fuzzy");
      assertThat(onlooker.figure(9, "op:http.client", "share(ui.aborted:true)")).isEqualTo(1.0 / 9);
      assertThat(onlooker.figure(9, "op:http.client", "share(results.has_results:false)"))
          .isEqualTo(1.0 / 9);
      assertThat(onlooker.figure(7, "op:function", "p95(http.response_size)")).isPositive();
      assertThat(onlooker.figure(9, "op:search", "share(status:error)")).isEqualTo(1.0 / 9);
      assertThat(onlooker.figure(9, "op:search", "share(request.aborted:true)")).isEqualTo(1.0 / 9);
      assertThat(onlooker.figure(1, "op:search status:cancelled", "p95(span.duration)"))
          .as("the search ends when the page hangs up")
          .isLessThan(2_000);
    }
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
