package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.Overview;
import io.onlooker.server.read.Period;
import io.onlooker.server.read.Reading;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Answers whether the fleet is well: the readings that the first page shows. */
record OverviewReads(Store store, Rights rights, InstantSource clock) {

  Response read(Request request) {
    int project = rights.readable(request);
    TimeRange range = new Parameters(request).range(clock.instant());
    Period period = new Period(range.from(), range.to());
    Overview overview = Problem.asking(() -> Overview.of(store, project, period));
    return JsonOut.object(out -> {
      out.objects("readings", overview.readings(), reading -> reading(out, reading));
      out.number("failure_rate", overview.failureRate())
          .number("tool_error_rate", overview.toolErrorRate())
          .number("model_calls", overview.modelCalls())
          .number("tool_calls", overview.toolCalls())
          .number("input_tokens", overview.inputTokens())
          .number("output_tokens", overview.outputTokens())
          .number("calls_without_price", overview.unpricedCalls())
          .number("people_hit", overview.peopleHit());
      out.objects("why", overview.why(), why -> why(out, why));
      out.objects("tools", overview.tools(), row -> RollupReads.members(out, row));
      out.objects("models", overview.models(), row -> RollupReads.members(out, row));
      out.number("step_seconds", overview.step().toSeconds());
      steps(out, "steps", overview.now());
      steps(out, "steps_before", overview.before());
    });
  }

  private static void reading(JsonOut out, Reading reading) {
    out.text("name", reading.name())
        .number("value", reading.value())
        .number("before", reading.before())
        .number("low", reading.low())
        .number("high", reading.high())
        .text("verdict", reading.verdict().name().toLowerCase(Locale.ROOT));
  }

  private static void why(JsonOut out, Overview.Why why) {
    out.text("issue_id", why.issueId())
        .text("type", why.issue() == null ? null : why.issue().cause().type())
        .text("message", why.issue() == null ? null : why.issue().cause().message())
        .text("where_name", why.issue() == null ? null : why.issue().cause().place().name())
        .number("sessions", why.sessions())
        .number("users", why.users())
        .time("last_seen", why.lastStartNanos())
        .text("q", why.q());
  }

  private static void steps(JsonOut out, String name, List<SessionGroup> steps) {
    out.objects(
        name,
        steps,
        step ->
            out.text("start", Instant.ofEpochMilli(Long.parseLong(step.key())).toString())
                .number("sessions", step.counts().sessions())
                .number("failed", step.counts().failed())
                .number("p95_ms", step.times().p95()));
  }
}
