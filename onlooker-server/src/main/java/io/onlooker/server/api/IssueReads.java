package io.onlooker.server.api;

import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.store.Filter;
import io.onlooker.store.Store;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.issue.IssueChange;
import io.onlooker.store.issue.IssueHit;
import io.onlooker.store.issue.IssuePage;
import io.onlooker.store.issue.IssueQuery;
import io.onlooker.store.issue.IssueQuery.Order;
import io.onlooker.store.issue.Issues;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Lists issues, reads one with its failures, and keeps what is decided about it. */
record IssueReads(Store store, Rights rights, InstantSource clock) {

  private static final int USUAL = 50;
  private static final int BARS = 48;

  private static final Map<String, Order> ORDERS =
      Map.of(
          "last_seen", Order.LAST_SEEN,
          "first_seen", Order.FIRST_SEEN,
          "failures", Order.FAILURES,
          "sessions", Order.SESSIONS,
          "users", Order.USERS);

  Response list(Request request) {
    int project = rights.readable(request);
    Parameters parameters = new Parameters(request);
    Filter filter = Problem.reading("q", () -> QueryParser.parseIssues(parameters.q()));
    TimeRange range = parameters.range(clock.instant());
    String sort = Objects.requireNonNullElse(parameters.text("sort"), "-last_seen");
    IssueQuery query =
        new IssueQuery(
            project,
            filter,
            range.from(),
            range.to(),
            order(sort),
            sort.startsWith("-"),
            parameters.limit(USUAL),
            parameters.text("cursor"));
    IssuePage page = Problem.paging(query.cursor(), () -> store.issues().find(query));
    return JsonOut.object(out ->
        out.objects("issues", page.issues(), issue -> members(out, issue))
            .text("cursor", page.cursor()));
  }

  private static Order order(String sort) {
    Order order = ORDERS.get(sort.startsWith("-") ? sort.substring(1) : sort);
    if (order == null) {
      throw Problem.badParameter(
          "sort",
          sort,
          "last_seen, first_seen, failures, sessions or users, with a minus for largest first");
    }
    return order;
  }

  Response one(Request request) {
    return answer(request, rights.readable(request));
  }

  private Response answer(Request request, int project) {
    String id = request.route("id");
    Parameters parameters = new Parameters(request);
    TimeRange range = parameters.range(clock.instant());
    Issues issues = store.issues();
    Issue issue = Problem.asking(() -> issues.find(project, id, range.from(), range.to()));
    if (issue == null) {
      throw Problem.notFound("id", id);
    }
    int limit = parameters.limit(USUAL);
    Duration step = step(range);
    List<IssueHit> hits =
        Problem.asking(() -> issues.hits(project, id, range.from(), range.to(), limit, null));
    List<Issues.Count> counts =
        Problem.asking(() -> issues.counts(project, id, range.from(), range.to(), step));
    return JsonOut.object(out -> {
      members(out, issue);
      out.objects("stack", issue.stack(), thrown -> exception(out, thrown));
      out.objects("hits", hits, hit -> hit(out, hit));
      out.number("step_seconds", step.toSeconds());
      out.objects(
          "series",
          counts,
          count ->
              out.text("start", count.start().toString()).number("failures", count.failures()));
    });
  }

  /** Of whole minutes, so that no more than a few dozen cover the range. */
  private static Duration step(TimeRange range) {
    long minutes = Duration.between(range.from(), range.to()).toMinutes() / BARS;
    return Duration.ofMinutes(Math.max(1, minutes));
  }

  /**
   * Resolves, ignores or opens an issue: {@code {"state": "resolved", "release": "shop@1.5.0"}},
   * {@code {"state": "ignored", "until": "2026-12-01"}}.
   */
  Response change(Request request) {
    int project = rights.administered(request);
    String id = request.route("id");
    Body body = Body.of(request, Set.of("state", "release", "until"));
    String word = body.required("state", "open, resolved or ignored");
    Issue.State state = state(word);
    String release = body.text("release");
    String until = body.text("until");
    if (release != null && state != Issue.State.RESOLVED) {
      throw Problem.badParameter("release", release, "none unless the state is resolved");
    }
    if (until != null && state != Issue.State.IGNORED) {
      throw Problem.badParameter("until", until, "none unless the state is ignored");
    }
    Instant end = until == null ? null : Moment.of("until", until, clock.instant());
    IssueChange change = new IssueChange(state, clock.instant(), release, end);
    if (!store.issues().change(project, id, change)) {
      throw Problem.notFound("id", id);
    }
    return answer(request, project);
  }

  private static Issue.State state(String word) {
    for (Issue.State state : Issue.State.values()) {
      if (word(state).equals(word)) {
        return state;
      }
    }
    throw Problem.badParameter("state", word, "open, resolved or ignored");
  }

  private static void members(JsonOut out, Issue issue) {
    Issue.Status status = issue.status();
    out.text("id", issue.cause().id())
        .text("type", issue.cause().type())
        .text("message", issue.cause().message())
        .text("where", word(issue.cause().place().kind()))
        .text("where_name", issue.cause().place().name())
        .text("state", word(status.state()))
        .flag("regressed", status.regressed())
        .time("state_since", status.sinceNanos())
        .text("resolved_in", status.release())
        .time("ignored_until", status.untilNanos())
        .time("first_seen", issue.seen().firstNanos())
        .time("last_seen", issue.seen().lastNanos())
        .number("failures", issue.seen().failures())
        .number("sessions", issue.seen().sessions())
        .number("users", issue.seen().users());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void hit(JsonOut out, IssueHit hit) {
    out.time("time", hit.timeNanos())
        .text("trace_id", hit.traceId())
        .text("span_id", hit.spanId())
        .text("session_id", hit.sessionId())
        .text("event_id", hit.eventId())
        .text("message", hit.message())
        .text("user_id", hit.setting().userId())
        .text("release", hit.setting().release())
        .text("environment", hit.setting().environment());
  }

  private static void exception(JsonOut out, ExceptionData thrown) {
    new NoteJson(out).exception(thrown);
  }
}
