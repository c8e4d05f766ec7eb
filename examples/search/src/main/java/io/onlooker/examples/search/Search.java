package io.onlooker.examples.search;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.examples.web.Answer;
import io.onlooker.examples.web.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** {@code GET /api/search?q=}: a span that says how the search went, or that nobody waited. */
final class Search {

  private static final int SLOW_MS = 500;

  private final Onlooker onlooker;
  private final Movies movies;

  Search(Onlooker onlooker, Movies movies) {
    this.onlooker = onlooker;
    this.movies = movies;
  }

  Answer answer(Request request) {
    SpanOptions search = SpanOptions.named("Search").op("search");
    return onlooker.<Answer, RuntimeException>continueTrace(
        request.headers(), () -> onlooker.startSpan(search, span -> answer(request, span)));
  }

  private Answer answer(Request request, Span span) {
    try {
      return found(search(request, span));
    } catch (CancellationException e) {
      span.setStatus(SpanStatus.CANCELLED);
      span.setAttribute("request.aborted", true);
      return found(List.of()); // nobody reads it
    } catch (IllegalArgumentException e) {
      span.setStatus(SpanStatus.error(e.getMessage()));
      span.setAttribute("error.type", e.getClass().getSimpleName());
      onlooker.captureException(e);
      return Answer.error(500, "Search failed");
    }
  }

  private List<String> search(Request request, Span span) {
    String query = request.parameter("q");
    span.setAttribute("search.engine", "elasticsearch");
    if (query.isEmpty()) {
      span.setAttribute("results.count", 0);
      return List.of();
    }
    span.setAttribute("search.mode", Movies.mode(query));
    span.setAttribute("query.length", query.length());
    long start = System.nanoTime();
    List<String> results = movies.search(query, request::wanted);
    span.setAttribute("results.count", results.size());
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    if (millis > SLOW_MS) {
      span.setAttribute("performance.slow", true);
      span.setAttribute("search.duration_ms", millis);
    }
    return results;
  }

  private static Answer found(List<String> results) {
    return Answer.ok(Map.of("results", results));
  }
}
