package io.onlooker.examples.search;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.examples.web.Fetch;
import io.onlooker.examples.web.Visitor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the page's search field does, without a browser: asks once the typing pauses, and hangs up
 * on what nobody waits for any more.
 */
final class SearchBox implements AutoCloseable {

  static final int DEBOUNCE_MS = 200;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Onlooker onlooker;
  private final Visitor visitor;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private CompletableFuture<Integer> latest = CompletableFuture.completedFuture(0);
  private volatile @Nullable Fetch inFlight;

  SearchBox(Onlooker onlooker, Visitor visitor) {
    this.onlooker = onlooker;
    this.visitor = visitor;
  }

  /** Says what stands in the field now; gives how many titles will be shown for it. */
  CompletableFuture<Integer> type(String query) {
    latest.cancel(true); // not asked for yet: it never will
    Fetch unwanted = inFlight;
    if (unwanted != null) {
      unwanted.abort();
    }
    latest =
        supplyAsync(
            () -> search(query), delayedExecutor(DEBOUNCE_MS, TimeUnit.MILLISECONDS, threads));
    return latest;
  }

  /** Done when the first answer begins to come. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  private int search(String query) {
    SpanOptions request =
        SpanOptions.named("Search autocomplete request")
            .op("function")
            .attribute("query.length", query.length())
            .attribute("ui.debounce_ms", DEBOUNCE_MS);
    return onlooker.<Integer, RuntimeException>startSpan(request, span -> search(query, span));
  }

  private int search(String query, Span span) {
    String path = "/api/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    try (Fetch fetch = visitor.get(path)) {
      inFlight = fetch;
      fetch.awaitBegin();
      begun.complete(null);
      return shown(fetch, span);
    }
  }

  /** The monitors ask for {@code http.client}, so the request's own span is told as well. */
  private static int shown(Fetch fetch, Span span) {
    try {
      JsonNode body = fetch.json();
      int count = body.path("results").size();
      span.setAttribute("results.count", count);
      span.setAttribute("results.has_results", count > 0);
      span.setAttribute("http.response_size", body.toString().length());
      span.setStatus(SpanStatus.OK);
      fetch.span().setAttribute("results.has_results", count > 0);
      return count;
    } catch (CancellationException e) {
      span.setAttribute("ui.aborted", true);
      span.setStatus(SpanStatus.CANCELLED);
      fetch.span().setAttribute("ui.aborted", true);
      return 0;
    } catch (IllegalStateException e) {
      span.setStatus(SpanStatus.error(e.getMessage()));
      return 0;
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
