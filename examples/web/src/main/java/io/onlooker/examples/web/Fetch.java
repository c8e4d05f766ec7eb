package io.onlooker.examples.web;

import io.onlooker.Span;
import io.onlooker.SpanStatus;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request on its way, as a page has it: waited for, or aborted. Closing it ends its span. */
public final class Fetch implements AutoCloseable {

  private final Span span;
  private final CompletableFuture<Void> begun;
  private final CompletableFuture<HttpResponse<String>> response;

  Fetch(
      Span span, CompletableFuture<Void> begun, CompletableFuture<HttpResponse<String>> response) {
    this.span = span;
    this.begun = begun;
    this.response = response;
  }

  /** The span that Sentry's browser SDK makes of each request by itself. */
  public Span span() {
    return span;
  }

  /** Waits until the answer begins to come, or none will. */
  public void awaitBegin() {
    CompletableFuture.anyOf(begun, response.handle((answer, failure) -> true)).join();
  }

  /** Hangs up: whoever waits gets a {@link CancellationException}. */
  public void abort() {
    response.cancel(true);
  }

  /**
   * Waits for the answer.
   *
   * @throws CancellationException when it was aborted
   * @throws IllegalStateException with the answer's error when its status is not 200, or with what
   *     kept it from coming
   */
  public JsonNode json() {
    try {
      HttpResponse<String> answer = response.join();
      span.setAttribute("http.response.status_code", answer.statusCode());
      JsonNode body = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw failed(body.path("error").asString("HTTP " + answer.statusCode()), null);
      }
      return body;
    } catch (CompletionException e) {
      if (e.getCause() instanceof CancellationException cancelled) {
        throw aborted(cancelled);
      }
      throw failed("not answered: " + e.getCause(), e);
    } catch (CancellationException e) {
      throw aborted(e);
    }
  }

  private CancellationException aborted(CancellationException why) {
    span.setStatus(SpanStatus.CANCELLED);
    return why;
  }

  private IllegalStateException failed(String message, @Nullable Throwable cause) {
    span.setStatus(SpanStatus.error("internal_error"));
    return new IllegalStateException(message, cause);
  }

  @Override
  public void close() {
    span.end();
  }
}
