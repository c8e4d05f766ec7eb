package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.server.ingest.SessionCall.Change;
import io.onlooker.server.ingest.SessionCall.Status;
import io.onlooker.store.span.SessionNames;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root span that stands for a session, from what was known and what a client now says. Of each
 * field the latest value counts; an ended session does not run again.
 */
record SessionSpan(SessionIds ids, @Nullable SpanData known, Change change, long receivedNanos) {

  private static final String UNNAMED = "session";

  SpanData merged() {
    Attributes attributes = attributes();
    long start = start();
    SpanStatus status = status(attributes);
    boolean open = status.code() == SpanStatus.Code.UNSET;
    long end = open ? SpanData.OPEN : Math.max(start, end(attributes, start));
    String name = known == null ? UNNAMED : known.name();
    return new SpanData(
        ids.traceId(),
        ids.rootSpanId(),
        null,
        change.name() == null ? name : change.name(),
        "gen_ai.invoke_agent",
        start,
        end,
        status,
        true,
        attributes,
        List.of());
  }

  private Attributes attributes() {
    Attributes.Builder all = known == null ? Attributes.builder() : known.attributes().toBuilder();
    all.put(SessionNames.ID, change.sessionId());
    all.put(GenAi.OPERATION_NAME, "invoke_agent");
    change.attributes().forEach(all::put);
    if (change.status() != null && change.status() != Status.RUNNING) {
      all.put(SessionAttributes.STATUS, change.status().name().toLowerCase(Locale.ROOT));
    }
    Attributes merged = all.build();
    return totalIsOutdated() ? all.put(GenAi.USAGE_TOTAL_TOKENS, sum(merged)).build() : merged;
  }

  /** A new part without a new sum: the old sum, stated or derived, is not of it. */
  private boolean totalIsOutdated() {
    Attributes news = change.attributes();
    return !news.has(GenAi.USAGE_TOTAL_TOKENS)
        && (news.has(GenAi.USAGE_INPUT_TOKENS) || news.has(GenAi.USAGE_OUTPUT_TOKENS));
  }

  private static long sum(Attributes attributes) {
    Double input = attributes.number(GenAi.USAGE_INPUT_TOKENS);
    Double output = attributes.number(GenAi.USAGE_OUTPUT_TOKENS);
    return (long)
        (Objects.requireNonNullElse(input, 0.0) + Objects.requireNonNullElse(output, 0.0));
  }

  private long start() {
    if (change.startNanos() != null) {
      return change.startNanos();
    }
    if (known != null) {
      return known.startNanos();
    }
    long last = Objects.requireNonNullElse(change.endNanos(), receivedNanos);
    return last - Objects.requireNonNullElse(change.durationNanos(), 0L);
  }

  private long end(Attributes attributes, long start) {
    if (change.endNanos() != null) {
      return change.endNanos();
    }
    boolean moved = change.durationNanos() != null || change.startNanos() != null;
    Double millis = attributes.number(SessionAttributes.DURATION_MILLIS);
    if (millis != null && (moved || known == null || known.open())) {
      return start + Math.round(millis * 1e6);
    }
    return known == null || known.open() ? receivedNanos : known.endNanos();
  }

  /** {@code UNSET} while it runs. */
  private static SpanStatus status(Attributes attributes) {
    String word = attributes.string(SessionAttributes.STATUS);
    String reason = attributes.string(GenAi.ERROR_MESSAGE);
    return switch (word) {
      case "failed" -> SpanStatus.error(reason);
      case "cancelled" -> new SpanStatus(SpanStatus.Code.CANCELLED, reason);
      case "completed" ->
          Boolean.FALSE.equals(attributes.flag(SessionAttributes.SUCCESS))
              ? SpanStatus.error(reason)
              : SpanStatus.OK;
      case null, default -> SpanStatus.UNSET;
    };
  }
}
