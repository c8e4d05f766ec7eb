package io.onlooker.export;

import io.onlooker.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What every envelope of one exporter says about the application.
 *
 * @param processTraceId for log lines outside any trace, which Sentry does not take without one
 */
record SentrySettings(
    String environment,
    @Nullable String release,
    String publicKey,
    double tracesSampleRate,
    AttributeNames names,
    String origin,
    boolean aggregateUsage,
    int maxValueChars,
    String processTraceId) {

  /** What spans and logs carry that do not travel within a transaction. */
  Attributes.Builder attributes() {
    return Attributes.builder()
        .put("sentry.environment", environment)
        .put("sentry.release", release)
        .put("sentry.sdk.name", Sdk.NAME)
        .put("sentry.sdk.version", Sdk.VERSION);
  }

  /** What transactions and events begin with. */
  void head(JsonWriter json, String eventId, long nanos) {
    json.name("event_id").value(eventId);
    json.name("timestamp").seconds(nanos);
    json.name("platform").value("java");
    json.name("environment").value(environment());
    if (release() != null) {
      json.name("release").value(release());
    }
    Sdk.write(json);
  }
}
