package io.onlooker.store.span;

import io.onlooker.SpanData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended where its span says ok although there is no answer; Mastra writes it into the
 * output.
 *
 * @param aborted whether the caller stopped it
 * @param blockedBy the guard that stopped it and why ({@code moderation: violence}), or null
 */
public record Ending(boolean aborted, @Nullable String blockedBy) {

  private static final Ending NORMAL = new Ending(false, null);

  public static Ending of(SpanData span) {
    for (String key : Messages.OUTPUT) {
      Object value = span.attributes().get(key);
      Object tree = value instanceof String text ? JsonTree.read(text) : null;
      if (tree instanceof Map<?, ?> map) {
        return of(map);
      }
    }
    return NORMAL;
  }

  static Ending of(Map<?, ?> output) {
    if (output.get("tripwire") instanceof Map<?, ?> tripwire) {
      return new Ending(false, reason(tripwire));
    }
    return "aborted".equals(output.get("status")) ? new Ending(true, null) : NORMAL;
  }

  boolean normal() {
    return equals(NORMAL);
  }

  private static String reason(Map<?, ?> tripwire) {
    Object guard = tripwire.get("processorId");
    Object reason = tripwire.get("reason");
    if (guard == null || reason == null) {
      return String.valueOf(guard != null ? guard : reason != null ? reason : "a guard");
    }
    return guard + ": " + reason;
  }
}
