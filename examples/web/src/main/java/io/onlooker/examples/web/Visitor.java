package io.onlooker.examples.web;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser is to an example, for those who have none at hand: it asks the backend and records
 * each request as Sentry's browser SDK does, with the trace in its headers.
 */
public final class Visitor {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Onlooker onlooker;
  private final URI backend;

  public Visitor(Onlooker onlooker, URI backend) {
    this.onlooker = onlooker;
    this.backend = backend;
  }

  public Fetch get(String path) {
    return fetch("GET", path, null);
  }

  public Fetch post(String path, Object body) {
    return fetch("POST", path, JsonMapper.shared().writeValueAsString(body));
  }

  private Fetch fetch(String method, String path, @Nullable String body) {
    URI address = backend.resolve(path);
    Span span =
        onlooker.startInactiveSpan(
            SpanOptions.named(method + " " + backend.resolve(address.getPath()))
                .op("http.client")
                .attribute("http.request.method", method)
                .attribute("url.full", address.toString()));
    Map<String, String> trace = onlooker.withSpan(span, current -> onlooker.traceData());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    trace.forEach(request::header);
    CompletableFuture<Void> begun = new CompletableFuture<>();
    BodyHandler<String> handler =
        answer -> {
          begun.complete(null);
          return BodyHandlers.ofString().apply(answer);
        };
    return new Fetch(span, begun, client.sendAsync(request.build(), handler));
  }
}
