package io.onlooker.export;

import io.onlooker.Drop;
import io.onlooker.ErrorData;
import io.onlooker.ExportMetrics;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes sessions of agent runs and events of their model and tool calls. A call that was made
 * within another one is sent behind it, so that events come in the order in which they began; until
 * then its line waits here, and goes when its session does. Not thread-safe.
 */
final class SessionsSink implements SpanSink {

  private final Consumer<JsonWriter> send;
  private final ExportMetrics metrics;
  private final SessionLines lines;
  private final SessionEvents events;

  /** What is open now; nothing is kept of what has ended. */
  private final IdentityHashMap<OpenSpan, Open> open = new IdentityHashMap<>();

  SessionsSink(Consumer<JsonWriter> send, ExportMetrics metrics, int maxChars) {
    this.send = send;
    this.metrics = metrics;
    this.lines = new SessionLines(maxChars);
    this.events = new SessionEvents(maxChars);
  }

  /** What is known of an open session or event. */
  private static final class Open {
    final Usage usage = new Usage();
    final List<JsonWriter> waiting = new ArrayList<>();
  }

  @Override
  public void started(OpenSpan span) {
    span.session = opensSession(span);
    if (span.session || step(span)) {
      open.put(span, new Open());
    }
    if (span.session) {
      OpenSpan above = session(span.parent);
      send.accept(lines.open(span, above == null ? null : above.spanId));
    }
  }

  @Override
  public void ended(OpenSpan span) {
    Open known = open.remove(span);
    OpenSpan session = session(span);
    if (session == null || known == null) {
      metrics.countDropped(Drop.NOT_KEPT, 1);
      return;
    }
    if (step(span)) {
      countTokens(span, known);
      send(span.parent, events.event(span, session.spanId), known.waiting);
    } else {
      known.waiting.forEach(send);
    }
    if (span.session) {
      send.accept(lines.close(span, known.usage));
    }
  }

  @Override
  public void forgotten(OpenSpan span) {
    Open known = open.remove(span);
    if (known != null) {
      known.waiting.forEach(send);
    }
    if (span.session) {
      send.accept(lines.dropped(span));
    }
  }

  @Override
  public void moment(@Nullable OpenSpan above, SpanSnapshot event) {
    metrics.countDropped(Drop.NOT_KEPT, 1);
  }

  /** A captured error, as an event of the session it happened in. */
  void error(@Nullable OpenSpan where, ErrorData error) {
    OpenSpan session = session(where);
    if (session == null) {
      metrics.countDropped(Drop.NOT_KEPT, 1);
    } else {
      send(where, events.error(error, session.spanId), List.of());
    }
  }

  /** Sends the line and those that waited for it, or lets them wait for the step around them. */
  private void send(@Nullable OpenSpan around, JsonWriter line, List<JsonWriter> within) {
    Open step = openStep(around);
    if (step == null) {
      send.accept(line);
      within.forEach(send);
    } else {
      step.waiting.add(line);
      step.waiting.addAll(within);
    }
  }

  /** The nearest step at or above the span that has not ended, within the same session. */
  private @Nullable Open openStep(@Nullable OpenSpan from) {
    for (OpenSpan span = from; span != null; span = span.parent) {
      Open known = open.get(span);
      if (known != null && step(span)) {
        return known;
      }
      if (span.session) {
        return null;
      }
    }
    return null;
  }

  /** The tokens of a model call count for every session it belongs to. */
  private void countTokens(OpenSpan span, Open own) {
    if (span.type != SpanType.MODEL_GENERATION) {
      return;
    }
    Usage usage = SessionEvents.usage(span);
    for (OpenSpan above = span; above != null; above = above.parent) {
      Open known = above.equals(span) ? own : open.get(above);
      if (known != null && above.session) {
        known.usage.add(usage);
      }
    }
  }

  /** The session that the span belongs to, or null outside of any. */
  private static @Nullable OpenSpan session(@Nullable OpenSpan from) {
    OpenSpan span = from;
    while (span != null && !span.session) {
      span = span.parent;
    }
    return span;
  }

  /** An agent's run, unless it is the one above told once more; and a model call below none. */
  private static boolean opensSession(OpenSpan span) {
    if (span.type == SpanType.AGENT_RUN) {
      return !sameRun(span);
    }
    return span.type == SpanType.MODEL_GENERATION && !belowAgent(span);
  }

  private static boolean sameRun(OpenSpan agent) {
    OpenSpan above = agent.parent;
    while (above != null && above.type != SpanType.AGENT_RUN && !step(above)) {
      above = above.parent;
    }
    return above != null
        && above.type == SpanType.AGENT_RUN
        && !above.ended
        && SessionLines.agent(above.snapshot()).equals(SessionLines.agent(agent.snapshot()));
  }

  private static boolean belowAgent(OpenSpan span) {
    for (OpenSpan above = span.parent; above != null; above = above.parent) {
      if (above.type == SpanType.AGENT_RUN || above.type == SpanType.MODEL_GENERATION) {
        return true;
      }
    }
    return false;
  }

  private static boolean step(OpenSpan span) {
    return span.type == SpanType.MODEL_GENERATION
        || span.type == SpanType.TOOL_CALL
        || span.type == SpanType.MCP_TOOL_CALL;
  }
}
