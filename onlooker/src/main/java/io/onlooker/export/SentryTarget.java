package io.onlooker.export;

import io.onlooker.Drop;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Sentry project's envelope endpoint. */
final class SentryTarget implements Target {

  private final Dsn dsn;
  private final RateLimits limits;
  private final Drops drops;

  SentryTarget(Dsn dsn, RateLimits limits, Drops drops) {
    this.dsn = dsn;
    this.limits = limits;
    this.drops = drops;
  }

  @Override
  public String place() {
    return dsn.place();
  }

  @Override
  public boolean limited(Payload payload) {
    return limits.limited(payload.category());
  }

  @Override
  public HttpRequest.Builder request(Payload payload) {
    return HttpRequest.newBuilder(dsn.endpoint())
        .header("Content-Type", "application/x-sentry-envelope")
        .header("Content-Encoding", "gzip")
        .header("User-Agent", Sdk.NAME + "/" + Sdk.VERSION)
        .header(
            "X-Sentry-Auth",
            "Sentry sentry_version=7, sentry_client=%s/%s, sentry_key=%s"
                .formatted(Sdk.NAME, Sdk.VERSION, dsn.key()))
        .POST(BodyPublishers.ofByteArray(payload.body()));
  }

  @Override
  public Verdict judge(Payload payload, int status, HttpHeaders headers, byte[] body) {
    // Limits are announced on success too, before they hurt.
    List<String> named = headers.allValues("x-sentry-rate-limits");
    named.forEach(limits::apply);
    if (status >= 200 && status < 300) {
      return new Verdict.Taken(0);
    }
    if (status == 429) {
      if (named.isEmpty()) {
        limits.applyToAll(headers.firstValue("retry-after").orElse(null));
      }
      return new Verdict.Refused(Drop.RATE_LIMITED, "HTTP 429");
    }
    String detail =
        "HTTP " + status + headers.firstValue("x-sentry-error").map(e -> " " + e).orElse("");
    if (status >= 500 || status == 408) {
      return new Verdict.Retry(detail, pause(headers));
    }
    return new Verdict.Refused(status == 413 ? Drop.TOO_LARGE : Drop.REFUSED, detail);
  }

  private static @Nullable Duration pause(HttpHeaders headers) {
    return headers.firstValue("retry-after").map(RateLimits::pause).orElse(null);
  }

  @Override
  public Payload report() {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("timestamp").seconds(Times.now()).name("discarded_events");
    drops.drainTo(json);
    json.endObject();
    byte[] envelope = Envelope.of("", new JsonWriter(0), "client_report", json);
    return Payload.of(Category.REPORT, 0, envelope);
  }
}
