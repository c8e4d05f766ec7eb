package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one call of the sessions API says, read and checked; null where it says nothing. */
sealed interface SessionCall {

  /** The id that the client knows the session by. */
  String sessionId();

  /** How a session stands; the words of {@code POST} and {@code PATCH}. */
  enum Status {
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  /**
   * A new session, or news of one.
   *
   * @param attributes under the names that spans have for them
   * @param metadata as it was sent, to be echoed
   */
  record Change(
      String sessionId,
      @Nullable String name,
      @Nullable Status status,
      @Nullable Long startNanos,
      @Nullable Long endNanos,
      @Nullable Long durationNanos,
      Attributes attributes,
      @Nullable JsonNode metadata)
      implements SessionCall {

    /** A session of which nothing is known but that something happened in it. */
    static Change bare(String sessionId, long startNanos) {
      return new Change(sessionId, null, null, startNanos, null, null, Attributes.EMPTY, null);
    }
  }

  /**
   * Something that happened in a session.
   *
   * @param type the client's word: {@code tool_call}, {@code llm_decision} …
   * @param toolName as the client sent it, or null
   * @param error the status of what failed, or null when nothing did
   */
  record Event(
      String sessionId,
      String eventId,
      String type,
      @Nullable String toolName,
      String name,
      @Nullable String op,
      @Nullable Long startNanos,
      @Nullable Long endNanos,
      @Nullable Long durationNanos,
      @Nullable SpanStatus error,
      Attributes attributes,
      List<SpanEvent> details)
      implements SessionCall {

    public Event {
      details = List.copyOf(details);
    }
  }
}
