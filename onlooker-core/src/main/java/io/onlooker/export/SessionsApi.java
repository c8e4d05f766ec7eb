package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.export.Target.Verdict;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server with Sentrial's API, and the key to it.
 *
 * @param address without {@code /api/sdk} and without a slash at the end
 */
record SessionsApi(URI address, String apiKey) {

  /** The answers that another try may change. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private static final int MOST_SHOWN = 200;

  String place() {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port + address.getRawPath();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + "/api/sdk/" + path))
        .header("Authorization", "Bearer " + apiKey)
        .header("Accept", "application/json")
        .header("User-Agent", "onlooker-java/" + Sdk.VERSION);
  }

  /** What an answer other than success means. */
  static Verdict refusal(int status, HttpHeaders headers, byte[] body) {
    String detail = "HTTP " + status + said(body);
    if (PASSING.contains(status)) {
      Duration pause = headers.firstValue("retry-after").map(RateLimits::pause).orElse(null);
      return new Verdict.Retry(detail, pause);
    }
    if (status == 401 || status == 403) {
      detail = "bad key, " + detail;
    }
    return new Verdict.Refused(status == 413 ? Drop.TOO_LARGE : Drop.REFUSED, detail);
  }

  static boolean success(int status) {
    return status >= 200 && status < 300;
  }

  /** The body, if it is a JSON object. */
  static Map<?, ?> object(byte[] body) {
    try {
      String text = new String(body, StandardCharsets.UTF_8);
      return JsonReader.read(text) instanceof Map<?, ?> map ? map : Map.of();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }

  private static String said(byte[] body) {
    Map<?, ?> problem = object(body);
    Object message = problem.get("message") == null ? problem.get("error") : problem.get("message");
    return message == null ? "" : ": " + ObjectEncoder.cut(message.toString(), MOST_SHOWN);
  }

  /** A whole number in an answer, or 0. */
  static int count(@Nullable Object number) {
    return number instanceof Long count ? (int) Math.max(0, Math.min(1 << 20, count)) : 0;
  }
}
