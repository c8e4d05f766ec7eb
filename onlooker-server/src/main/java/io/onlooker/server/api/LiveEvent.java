package io.onlooker.server.api;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.store.span.SpanKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a listener is told: what a list shows, never whole prompts and answers. */
sealed interface LiveEvent {

  /** {@code span.started}, {@code session.ended} …, the name of the event in the stream. */
  String name();

  void members(JsonOut out);

  /** What happened to the thing it is about. */
  enum Phase {
    STARTED,
    UPDATED,
    ENDED;

    String of(String thing) {
      return thing + "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /** A span, without its attributes. */
  record Span(
      Phase phase,
      String traceId,
      String spanId,
      @Nullable String parentSpanId,
      String title,
      @Nullable String op,
      SpanKind kind,
      @Nullable String agent,
      String status,
      long startNanos,
      long endNanos)
      implements LiveEvent {

    private static final int LONGEST_NAME = 500;

    static Span of(Phase phase, SpanData span) {
      String name = span.name();
      return new Span(
          phase,
          span.traceId(),
          span.spanId(),
          span.parentSpanId(),
          name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…",
          span.op(),
          SpanKind.of(span),
          span.attributes().string(GenAi.AGENT_NAME),
          span.open() ? "running" : span.status().code().name().toLowerCase(Locale.ROOT),
          span.startNanos(),
          span.endNanos());
    }

    @Override
    public String name() {
      return phase.of("span");
    }

    @Override
    public void members(JsonOut out) {
      boolean open = endNanos == SpanData.OPEN;
      out.text("trace_id", traceId)
          .text("span_id", spanId)
          .text("parent_span_id", parentSpanId)
          .text("name", title)
          .text("op", op)
          .text("kind", kind.name().toLowerCase(Locale.ROOT))
          .text("agent_name", agent)
          .text("status", status)
          .time("start", startNanos)
          .time("end", open ? null : (Long) endNanos)
          .millis("duration_ms", open ? null : (Long) (endNanos - startNanos));
    }
  }

  /** A session as the list of sessions has it. */
  record Session(Phase phase, io.onlooker.store.Session session) implements LiveEvent {

    @Override
    public String name() {
      return phase.of("session");
    }

    @Override
    public void members(JsonOut out) {
      new SessionJson(out).members(session);
    }
  }
}
