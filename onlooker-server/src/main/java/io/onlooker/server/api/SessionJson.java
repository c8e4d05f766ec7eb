package io.onlooker.server.api;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.server.read.Step;
import io.onlooker.store.Session;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.SessionNames;
import io.onlooker.store.span.SpanKind;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes sessions and their events. */
record SessionJson(JsonOut out) {

  void members(Session session) {
    boolean open = session.endNanos() == SpanData.OPEN;
    out.text("id", session.id())
        .text("trace_id", session.traceId())
        .text("root_span_id", session.rootSpanId())
        .text("parent_session_id", session.parentSessionId())
        .text("name", session.name())
        .text("agent_name", session.agentName())
        .text("user_id", session.userId())
        .text("conversation_id", session.conversationId())
        .text("status", session.status().name().toLowerCase(Locale.ROOT))
        .time("started_at", session.startNanos())
        .time("ended_at", open ? null : (Long) session.endNanos())
        .millis("duration_ms", open ? null : (Long) (session.endNanos() - session.startNanos()))
        .millis("clock_skew_ms", session.skewNanos() == 0 ? null : (Long) session.skewNanos());
    figures(session);
    out.text("environment", session.environment()).text("release", session.release());
  }

  private void figures(Session session) {
    out.text("input", session.texts().input())
        .text("output", session.texts().output())
        .text("failure_reason", session.texts().failureReason())
        .number("steps", session.steps().total())
        .number("failed_steps", session.steps().failed())
        .number("input_tokens", session.usage().inputTokens())
        .number("output_tokens", session.usage().outputTokens())
        .number("total_tokens", session.usage().totalTokens())
        .number("cost_usd", session.cost().usd())
        .flag("cost_is_lower_bound", session.cost().lowerBound())
        .number("time_to_first_token_ms", session.usage().firstTokenMillis())
        .value("models", session.models());
  }

  /** One event; its name is what seed 004 calls it: {@code llm:openai:gpt-4o-mini}. */
  void event(Step step) {
    SpanData span = step.span();
    Fault fault = step.fault();
    out.text("type", type(step))
        .text("name", name(step))
        .text("span_id", span.spanId())
        .text("parent_span_id", step.parentSpanId())
        .text("status", status(step, fault))
        .text("error", fault == null ? null : fault.text())
        .time("started_at", span.startNanos())
        .millis("offset_ms", step.offsetNanos())
        .millis("duration_ms", span.open() ? null : (Long) span.durationNanos())
        .text("input", step.input())
        .text("output", step.output())
        .text("model", step.kind() == SpanKind.MODEL ? step.model() : null)
        .text("provider", step.kind() == SpanKind.MODEL ? step.provider() : null)
        .number("input_tokens", step.inputTokens())
        .number("output_tokens", step.outputTokens())
        .number("total_tokens", step.totalTokens())
        .number("cost_usd", step.cost().usd());
  }

  private static String type(Step step) {
    String told = step.span().attributes().string(SessionNames.EVENT_TYPE);
    if (told != null && step.kind() != SpanKind.MODEL && step.kind() != SpanKind.TOOL) {
      return told;
    }
    return step.kind() == SpanKind.MODEL ? "llm" : step.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String name(Step step) {
    String asked = step.span().attributes().string(GenAi.REQUEST_MODEL);
    String model = asked == null ? step.model() : asked;
    return step.kind() != SpanKind.MODEL
        ? step.title()
        : Stream.of("llm", step.provider(), model)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(":"));
  }

  private static String status(Step step, @Nullable Fault fault) {
    if (step.span().open()) {
      return "running";
    }
    return fault != null ? "error" : step.span().status().code().name().toLowerCase(Locale.ROOT);
  }
}
