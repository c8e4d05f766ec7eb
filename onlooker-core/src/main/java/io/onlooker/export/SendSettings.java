package io.onlooker.export;

import static java.util.Objects.requireNonNull;

import io.onlooker.ExportMetrics;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What every exporter over HTTP lets one set; each builder fills one of these. Not thread-safe. */
final class SendSettings {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private int maxValueChars = 128 * 1024;
  private long queueBytes = 16L << 20;
  private @Nullable HttpClient httpClient;
  private Duration requestTimeout = Duration.ofSeconds(10);
  private Backoff backoff = Backoff.USUAL;

  void maxValueChars(int chars) {
    maxValueChars = (int) Checks.atLeast("maxValueChars", chars, 256);
  }

  void queueBytes(long bytes) {
    queueBytes = Checks.atLeast("queueBytes", bytes, 65_536);
  }

  void httpClient(@Nullable HttpClient client) {
    httpClient = client;
  }

  void requestTimeout(Duration timeout) {
    requireNonNull(timeout, "timeout");
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "requestTimeout: " + timeout + " (expected: " + SHORTEST + " to " + LONGEST + ")");
    }
    requestTimeout = timeout;
  }

  void backoff(Backoff pauses) {
    backoff = pauses;
  }

  int maxValueChars() {
    return maxValueChars;
  }

  /** What sends requests by these settings. */
  Http http() {
    return new Http(httpClient, requestTimeout);
  }

  /** A sender that works by these settings. */
  Sender sender(
      Target target, Http http, ExportMetrics metrics, Drops drops, @Nullable Spool spool) {
    return new Sender(target, http, backoff, new SendQueue(queueBytes), metrics, drops, spool);
  }
}
