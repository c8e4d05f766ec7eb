package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.AgentFigures;
import io.onlooker.server.read.Figures;
import io.onlooker.server.read.Period;
import io.onlooker.server.read.Rollup;
import io.onlooker.server.read.RollupRow;
import io.onlooker.server.read.Rollups;
import io.onlooker.store.Filter;
import io.onlooker.store.Result;
import io.onlooker.store.Session;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.issue.IssueQuery;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists agents, models, tools, queues and MCP methods with their figures, and reads one of them.
 */
record RollupReads(Store store, Rights rights, InstantSource clock) {

  private static final int USUAL = 100;
  private static final int SLOWEST = 10;
  private static final int STEPS = 48;

  /** Figures that are moments, as milliseconds since 1970. */
  private static final Set<String> MOMENTS = Set.of("last_seen");

  /** The times, the query and how to compare that a request asks for. */
  private record Asked(int project, String q, Period period, boolean compared, int limit) {}

  private Asked asked(Request request) {
    int project = rights.readable(request);
    Parameters parameters = new Parameters(request);
    TimeRange range = parameters.range(clock.instant());
    String compared = parameters.text("cmp");
    if (compared != null && !compared.equals("prev")) {
      throw Problem.badParameter("cmp", compared, "prev, or none");
    }
    return new Asked(
        project,
        parameters.q(),
        new Period(range.from(), range.to()),
        compared != null,
        parameters.limit(USUAL));
  }

  Response table(Rollup rollup, Request request) {
    Asked asked = asked(request);
    Rollup narrowed = narrowed(rollup, request, asked);
    Rollups.Table table =
        Problem.asking(() ->
            new Rollups(store, asked.project())
                .table(narrowed, asked.period(), asked.compared(), asked.limit()));
    return JsonOut.object(out ->
        out.text("q", narrowed.q())
            .text("by", narrowed.by())
            .objects(rollup.name(), table.rows(), row -> members(out, row))
            .value("left_out", table.leftOut()));
  }

  Response one(Rollup rollup, Request request) {
    Asked asked = asked(request);
    String name = request.route("name");
    Rollup narrowed = narrowed(rollup, request, asked);
    Rollups rollups = new Rollups(store, asked.project());
    RollupRow row =
        Problem.asking(() -> rollups.row(narrowed, name, asked.period(), asked.compared()));
    if (row == null) {
      throw Problem.notFound("name", name);
    }
    Duration step = asked.period().step(STEPS);
    List<Rollups.Slow> slowest =
        Problem.asking(() -> rollups.slowest(narrowed, name, asked.period(), SLOWEST));
    List<Result.Point> points =
        Problem.asking(() -> rollups.series(narrowed, name, asked.period(), step));
    return JsonOut.object(out -> {
      members(out, row);
      out.objects("slowest", slowest, slow -> slow(out, slow));
      out.objects("failures", issues(asked, issueField(rollup), name), issue -> issue(out, issue));
      out.number("step_seconds", step.toSeconds());
      out.objects(
          "series",
          points,
          point -> {
            out.text("start", point.start().toString());
            figures(out, rollup.read(point.values()));
          });
    });
  }

  private static Rollup narrowed(Rollup rollup, Request request, Asked asked) {
    Problem.reading("q", () -> QueryParser.parse(asked.q(), asked.period().to()));
    String by = new Parameters(request).text("by");
    if (!rollup.equals(Rollup.MCP) && by != null) {
      throw Problem.badParameter("by", by, "none but for mcp");
    }
    String attribute = by == null ? rollup.by() : Rollup.MCP_BY.get(by);
    if (attribute == null) {
      throw Problem.badParameter(
          "by", String.valueOf(by), "one of " + new java.util.TreeSet<>(Rollup.MCP_BY.keySet()));
    }
    return (by == null ? rollup : rollup.by(attribute)).where(asked.q());
  }

  private static @Nullable String issueField(Rollup rollup) {
    return switch (rollup.name()) {
      case "tools" -> "tool";
      case "models" -> "model";
      default -> null;
    };
  }

  Response agents(Request request) {
    Asked asked = asked(request);
    Filter filter = Problem.reading("q", () -> QueryParser.parseSessions(asked.q()));
    List<RollupRow> rows = agents(asked, filter);
    return JsonOut.object(out -> out.objects("agents", rows, row -> members(out, row)));
  }

  private List<RollupRow> agents(Asked asked, Filter filter) {
    return Problem.asking(() ->
        new AgentFigures(store, asked.project())
            .rows(filter, asked.period(), asked.compared(), asked.limit()));
  }

  Response agent(Request request) {
    Asked asked = asked(request);
    String name = request.route("name");
    Filter named = equal("agent", name);
    Filter filter = Problem.reading("q", () -> QueryParser.parseSessions(asked.q()));
    Filter both = new Filter.And(List.of(named, filter));
    List<RollupRow> rows = agents(asked, both);
    if (rows.isEmpty()) {
      throw Problem.notFound("name", name);
    }
    List<Session> slowest = slowest(asked, both);
    return JsonOut.object(out -> {
      members(out, rows.getFirst());
      out.objects("slowest", slowest, new SessionJson(out)::members);
      out.objects("failures", issues(asked, "agent", name), issue -> issue(out, issue));
    });
  }

  private List<Session> slowest(Asked asked, Filter filter) {
    return Problem.asking(() ->
        store
            .sessions(
                new SessionQuery(
                    asked.project(),
                    filter,
                    asked.period().from(),
                    asked.period().to(),
                    SessionQuery.Order.DURATION,
                    true,
                    SLOWEST,
                    null))
            .sessions());
  }

  private List<Issue> issues(Asked asked, @Nullable String field, String name) {
    if (field == null) {
      return List.of();
    }
    Instant from = asked.period().from();
    return Problem.asking(() ->
        store
            .issues()
            .find(
                new IssueQuery(
                    asked.project(),
                    equal(field, name),
                    from,
                    asked.period().to(),
                    IssueQuery.Order.FAILURES,
                    true,
                    SLOWEST,
                    null))
            .issues());
  }

  private static Filter equal(String field, String value) {
    return new Filter.Equal(
        new io.onlooker.store.Field.Attribute(field), List.of(new Filter.Value.Text(value)));
  }

  private static void issue(JsonOut out, Issue issue) {
    out.text("id", issue.cause().id())
        .text("type", issue.cause().type())
        .text("message", issue.cause().message())
        .number("failures", issue.seen().failures())
        .number("sessions", issue.seen().sessions());
  }

  private static void slow(JsonOut out, Rollups.Slow slow) {
    out.text("trace_id", slow.traceId())
        .text("span_id", slow.spanId())
        .number("duration_ms", slow.millis());
  }

  static void members(JsonOut out, RollupRow row) {
    out.text("name", row.name());
    figures(out, row.figures());
    row.names().forEach(out::value);
    out.object("previous", row.before(), before -> figures(out, before));
  }

  private static void figures(JsonOut out, Figures figures) {
    figures.byName().forEach((name, value) -> out.value(name, shown(name, value)));
  }

  private static @Nullable Object shown(String figure, @Nullable Object value) {
    return MOMENTS.contains(figure) && value instanceof Number millis
        ? Instant.ofEpochMilli(millis.longValue()).toString()
        : value;
  }
}
