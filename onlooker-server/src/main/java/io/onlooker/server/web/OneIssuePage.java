package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.store.Store;
import io.onlooker.store.issue.Failure;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.issue.IssueChange;
import io.onlooker.store.issue.IssueHit;
import io.onlooker.store.issue.Issues;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds everything one issue's page shows. */
final class OneIssuePage {

  private static final int HITS = 50;

  private final Store store;

  OneIssuePage(Store store) {
    this.store = store;
  }

  /** A failure and the page it stands on. */
  private record Line(int number, IssueHit hit, Frame frame) {}

  private static final List<Column<Line>> COLUMNS =
      List.of(
          Column.text("time", "Time", "c-time", line -> time(line)),
          Column.text("message", "Message", "", line -> message(line)),
          Column.text("user", "User", "c-user", line -> user(line)),
          Column.text("release", "Release", "c-agent", line -> Cell.of(setting(line).release())),
          Column.text("session", "Session", "c-took", line -> session(line)));

  IssueView issue(Frame frame, int project, String id, Ask ask, String form) {
    Issues issues = store.issues();
    Issue issue = issues.find(project, id, ask.range().from(), ask.range().to());
    if (issue == null) {
      throw new HttpProblem(
          404, "No such issue", "issue: " + id + " (expected: the id of an issue of this project)");
    }
    List<IssueHit> hits =
        issues.hits(project, id, ask.range().from(), ask.range().to(), HITS, null);
    String text = Causes.text(issue.cause());
    return new IssueView(
        frame.titled(text, "issues"),
        ask,
        issue,
        text,
        Causes.where(issue.cause()),
        IssuesPage.word(issue),
        chart(frame, project, ask, issue),
        issue.stack().stream().map(Stack::of).toList(),
        example(frame, hits),
        frame.links().sessions(Links.term("issue", id), ask),
        table(frame, ask, hits),
        common(hits),
        form);
  }

  /**
   * Keeps what somebody decided: {@code state} is {@code open}, {@code resolved}, perhaps in a
   * {@code release}, or {@code ignored}, perhaps {@code until} a day.
   */
  void decide(Frame frame, int project, String id, FormBody form) {
    for (Issue.State known : Issue.State.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(form.text("state"))) {
        String release = form.text("release").strip();
        boolean resolves = known == Issue.State.RESOLVED && !release.isEmpty();
        Instant until = known == Issue.State.IGNORED ? until(frame, form) : null;
        store
            .issues()
            .change(
                project, id, new IssueChange(known, frame.now(), resolves ? release : null, until));
        return;
      }
    }
    throw new HttpProblem(
        400,
        "Bad state",
        "state: " + form.text("state") + " (expected: open, resolved or ignored)");
  }

  private static @Nullable Instant until(Frame frame, FormBody form) {
    String day = form.text("until").strip();
    try {
      return day.isEmpty()
          ? null
          : LocalDate.parse(day).atStartOfDay(frame.visitor().zone()).toInstant();
    } catch (DateTimeException _) {
      throw new HttpProblem(
          400, "Bad day", "until: " + day + " (expected: a day such as 2026-11-20)");
    }
  }

  private Chart chart(Frame frame, int project, Ask ask, Issue issue) {
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    Double[] values = new Double[axis.steps()];
    Arrays.fill(values, 0.0);
    for (Issues.Count count :
        store.issues().counts(project, issue.cause().id(), axis.start(), axis.end(), axis.step())) {
      int at = axis.index(count.start());
      if (at >= 0 && at < values.length) {
        values[at] += count.failures();
      }
    }
    return new Plot(ask, axis, Unit.COUNT)
        .bars("Failures", List.of(new Series("failures", "bad", List.of(values))));
  }

  private static Table table(Frame frame, Ask ask, List<IssueHit> hits) {
    List<Line> lines = new ArrayList<>();
    hits.forEach(hit -> lines.add(new Line(lines.size() + 1, hit, frame)));
    return Column.table(
        "Failures", "hits", ask, COLUMNS, lines, line -> "h" + line.number(), OneIssuePage::link);
  }

  private static @Nullable String example(Frame frame, List<IssueHit> hits) {
    return hits.stream()
        .map(hit -> link(new Line(0, hit, frame)))
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String link(Line line) {
    String span = line.hit().spanId();
    String trace = line.hit().traceId();
    return span != null
        ? line.frame().links().jump(span)
        : trace == null ? null : line.frame().links().trace(trace);
  }

  /** What at least half of the failures share. */
  private static List<IssueView.Common> common(List<IssueHit> hits) {
    List<IssueView.Common> common = new ArrayList<>();
    add(common, hits, "release", setting -> setting.release());
    add(common, hits, "environment", setting -> setting.environment());
    add(common, hits, "user.id", setting -> setting.userId());
    return common;
  }

  private static void add(
      List<IssueView.Common> into,
      List<IssueHit> hits,
      String key,
      Function<Failure.Setting, @Nullable String> of) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (IssueHit hit : hits) {
      String value = of.apply(hit.setting());
      if (value != null) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    counts.entrySet().stream()
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .filter(most -> most.getValue() * 2 >= hits.size())
        .ifPresent(most ->
            into.add(
                new IssueView.Common(
                    key, most.getKey(), Show.share((double) most.getValue() / hits.size()))));
  }

  private static Failure.Setting setting(Line line) {
    return line.hit().setting();
  }

  private static Cell time(Line line) {
    long time = line.hit().timeNanos();
    return Cell.of(line.frame().time(time), Show.exactTime(time)).styled("mono");
  }

  private static Cell message(Line line) {
    String message = line.hit().message();
    return Cell.of(message, message == null ? "" : message);
  }

  private static Cell user(Line line) {
    String user = setting(line).userId();
    return Cell.of(user).linked(user == null ? null : line.frame().links().one("users", user));
  }

  private static Cell session(Line line) {
    String id = line.hit().sessionId();
    return Cell.of(id == null ? "" : Show.id(id), id == null ? "" : id)
        .linked(id == null ? null : line.frame().links().session(id))
        .styled("mono");
  }
}
