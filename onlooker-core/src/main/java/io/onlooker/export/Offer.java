package io.onlooker.export;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver says it takes beyond Sentry's protocol: asked for at {@code api/sdk/config}
 * beside its envelopes, from the first span on, never by a thread that waits. Sentry itself, and
 * whoever has nothing to say there, gets what Sentry takes. Thread-safe.
 */
final class Offer {

  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Who does not know the path will hardly learn it soon. */
  private static final long REFUSED_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Dsn dsn;
  private final Http http;
  private final boolean asks;
  private volatile boolean startedSpans;
  private Runnable answered = () -> {};
  private boolean wanted;
  private long askAt = System.nanoTime();

  /**
   * @param asks whether to ask at all
   */
  Offer(Dsn dsn, Http http, boolean asks) {
    this.dsn = dsn;
    this.http = http;
    this.asks = asks && !sentrys(dsn.endpoint().getHost());
  }

  /** What to call, on any thread, when an answer has come. */
  synchronized void onAnswer(Runnable action) {
    answered = action;
  }

  boolean startedSpans() {
    return startedSpans;
  }

  /** From now on it matters. */
  synchronized void ask() {
    wanted = true;
  }

  /** Asks if it is time to; the nanoseconds until it is again. */
  synchronized long askDue() {
    if (!asks || !wanted) {
      return Long.MAX_VALUE;
    }
    long left = askAt - System.nanoTime();
    if (left > 0) {
      return left;
    }
    askAt = System.nanoTime() + EVERY_NANOS;
    http.ask(
        request(),
        BodyHandlers.ofString(),
        answer -> {
          settle(answer);
          answered();
        });
    return EVERY_NANOS;
  }

  private void answered() {
    Runnable action;
    synchronized (this) {
      action = answered;
    }
    action.run();
  }

  /** Without an answer things stay as they were. */
  private synchronized void settle(HttpResponse<String> answer) {
    int status = answer == null ? 0 : answer.statusCode();
    if (status == 200) {
      startedSpans = taken(answer.body());
    } else if (status >= 400 && status < 500 && status != 429) {
      startedSpans = false;
      askAt = System.nanoTime() + REFUSED_NANOS;
    } else {
      askAt = System.nanoTime() + (startedSpans ? EVERY_NANOS : RETRY_NANOS);
    }
  }

  private static boolean taken(String body) {
    try {
      return JsonReader.read(body) instanceof Map<?, ?> config
          && Boolean.TRUE.equals(config.get("started_spans"));
    } catch (IllegalArgumentException e) {
      // Somebody else's page.
      return false;
    }
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(config())
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + dsn.key())
        .header("Accept", "application/json")
        .header("User-Agent", Sdk.NAME + "/" + Sdk.VERSION)
        .build();
  }

  private URI config() {
    String path = dsn.endpoint().getRawPath();
    String end = "api/" + dsn.project() + "/envelope/";
    return dsn.endpoint()
        .resolve(path.substring(0, path.length() - end.length()) + "api/sdk/config");
  }

  private static boolean sentrys(@Nullable String host) {
    return host != null && (host.equals("sentry.io") || host.endsWith(".sentry.io"));
  }
}
