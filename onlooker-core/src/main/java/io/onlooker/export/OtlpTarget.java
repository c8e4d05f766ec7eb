package io.onlooker.export;

import io.onlooker.Drop;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An OTLP/HTTP receiver, spoken to in JSON. */
final class OtlpTarget implements Target {

  /** The answers OTLP allows a client to try again on. */
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final URI endpoint;
  private final Map<String, String> headers;

  /**
   * @param endpoint without {@code /v1/…} and without a slash at the end
   */
  OtlpTarget(URI endpoint, Map<String, String> headers) {
    this.endpoint = endpoint;
    this.headers = headers;
  }

  @Override
  public String place() {
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    return endpoint.getScheme() + "://" + endpoint.getHost() + port + endpoint.getRawPath();
  }

  @Override
  public boolean limited(Payload payload) {
    return false;
  }

  @Override
  public HttpRequest.Builder request(Payload payload) {
    String path = payload.category() == Category.SPAN ? "/v1/traces" : "/v1/logs";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .header("User-Agent", "onlooker-java/" + Sdk.VERSION)
            .POST(BodyPublishers.ofByteArray(payload.body()));
    headers.forEach(request::setHeader);
    return request;
  }

  @Override
  public Verdict judge(Payload payload, int status, HttpHeaders headers, byte[] body) {
    if (status >= 200 && status < 300) {
      return new Verdict.Taken(Math.min(payload.items(), rejected(body)));
    }
    if (PASSING.contains(status)) {
      Duration pause = headers.firstValue("retry-after").map(RateLimits::pause).orElse(null);
      return new Verdict.Retry("HTTP " + status, pause);
    }
    return new Verdict.Refused(status == 413 ? Drop.TOO_LARGE : Drop.REFUSED, "HTTP " + status);
  }

  /** {@code partialSuccess}: how many items of a request that was taken were not. */
  private static int rejected(byte[] body) {
    try {
      String text = new String(body, StandardCharsets.UTF_8);
      if (JsonReader.read(text) instanceof Map<?, ?> answer
          && answer.get("partialSuccess") instanceof Map<?, ?> partial) {
        return count(partial.get("rejectedSpans")) + count(partial.get("rejectedLogRecords"));
      }
    } catch (IllegalArgumentException e) {
      // Taken is taken, whatever else the receiver says.
    }
    return 0;
  }

  /** OTLP writes 64-bit numbers as text; some receivers write numbers. */
  private static int count(@Nullable Object number) {
    long count = number == null ? 0 : Long.parseLong(number.toString());
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE / 2, count));
  }
}
