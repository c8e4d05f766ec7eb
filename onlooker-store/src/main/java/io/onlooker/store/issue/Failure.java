package io.onlooker.store.issue;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.LogData;
import io.onlooker.store.Session;
import io.onlooker.store.issue.Cause.Place;
import org.jspecify.annotations.Nullable;

/**
 * One failure that a span or an error event tells of.
 *
 * @param id the trace's and the span's id, or the event's
 * @param retells the id of the failure that this one only tells again, or null
 * @param timeNanos when it ended, in nanoseconds since 1970-01-01T00:00Z
 * @param said tells equal messages from others
 * @param spanKind the client's word for the kind of the span that failed, or null
 * @param sessionId the run in which it happened, or null outside any or when not known
 */
public record Failure(
    String id,
    @Nullable String retells,
    long timeNanos,
    Cause cause,
    @Nullable String traceId,
    @Nullable String spanId,
    String said,
    @Nullable String spanKind,
    @Nullable String sessionId,
    Setting setting) {

  /** Who was hit and what ran. */
  public record Setting(
      @Nullable String userId, @Nullable String release, @Nullable String environment) {

    static Setting of(Attributes attributes, @Nullable Session session) {
      String user = attributes.string(GenAi.USER_ID);
      String release = attributes.string("release");
      String environment = attributes.string("environment");
      return session == null
          ? new Setting(user, release, environment)
          : new Setting(
              session.userId() == null ? user : session.userId(),
              session.release() == null ? release : session.release(),
              session.environment() == null ? environment : session.environment());
    }
  }

  /** What an error event tells; null for one that is no failure: a message below an error. */
  public static @Nullable Failure of(ErrorData error) {
    boolean severe = error.level().compareTo(LogData.Level.ERROR) >= 0;
    if (error.exceptions().isEmpty() && !severe) {
      return null;
    }
    String message =
        error.exceptions().isEmpty() ? error.message() : error.exceptions().getFirst().value();
    return new Failure(
        error.eventId(),
        null,
        error.timeNanos(),
        Cause.of(error, place(error.attributes())),
        error.traceId(),
        error.spanId(),
        said(message),
        error.attributes().string(Cause.RETOLD_KIND),
        null,
        Setting.of(error.attributes(), null));
  }

  static String said(@Nullable String message) {
    return Cause.hash(message == null ? "" : message.strip());
  }

  private static Place place(Attributes attributes) {
    String tool = attributes.string(GenAi.TOOL_NAME);
    String agent = attributes.string(GenAi.AGENT_NAME);
    if (tool != null) {
      return new Place(Place.Kind.TOOL, tool);
    }
    return agent == null
        ? new Place(Place.Kind.OPERATION, attributes.string("transaction"))
        : new Place(Place.Kind.AGENT, agent);
  }
}
