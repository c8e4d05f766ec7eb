package io.onlooker.examples.web;

import io.onlooker.Span;
import io.onlooker.SpanStatus;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request on its way, as a page has it: waited for, or aborted. Closing it ends its span. */
public final class Fetch implements AutoCloseable {

  private final Span span;
  private final CompletableFuture<HttpResponse<String>> response;

  Fetch(Span span, CompletableFuture<HttpResponse<String>> response) {
    this.span = span;
    this.response = response;
  }

  /** The span that Sentry's browser SDK makes of each request by itself. */
  public Span span() {
    return span;
  }

  /** Hangs up: whoever waits gets a {@link CancellationException}. */
  public void abort() {
    response.cancel(true);
  }

  /**
   * Waits for the answer.
   *
   * @throws IllegalStateException with the answer's error, when its status is not 200
   */
  public JsonNode json() {
    try {
      HttpResponse<String> answer = response.join();
      span.setAttribute("http.response.status_code", answer.statusCode());
      JsonNode body = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(body.path("error").asString("HTTP " + answer.statusCode()));
      }
      return body;
    } catch (CancellationException e) {
      span.setStatus(SpanStatus.CANCELLED);
      throw e;
    } catch (CompletionException | IllegalStateException e) {
      span.setStatus(SpanStatus.error("internal_error"));
      throw e;
    }
  }

  @Override
  public void close() {
    span.end();
  }
}
