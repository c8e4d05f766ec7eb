package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.Store;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.issue.IssuePage;
import io.onlooker.store.issue.IssueQuery;
import io.onlooker.store.issue.Issues;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists what fails, by cause. */
final class IssuesPage {

  private static final String EXAMPLE =
      "state:open  tool:check_order  users:>10  release:shop@4.2.0";

  private static final Map<String, IssueQuery.Order> ORDERS =
      Map.of(
          "last", IssueQuery.Order.LAST_SEEN,
          "first", IssueQuery.Order.FIRST_SEEN,
          "events", IssueQuery.Order.FAILURES,
          "sessions", IssueQuery.Order.SESSIONS,
          "users", IssueQuery.Order.USERS);

  /** Counted up to here and no further. */
  private static final int MOST = 1_000;

  private final Store store;

  IssuesPage(Store store) {
    this.store = store;
  }

  /**
   * An issue and the page it stands on.
   *
   * @param trend its failures over the time of the list
   */
  private record Line(Issue issue, Frame frame, Ask ask, String trend) {}

  private static final List<Column<Line>> COLUMNS =
      List.of(
          Column.text("issue", "Issue", "", line -> named(line)),
          Column.text(
              "where", "Where", "c-where", line -> Cell.of(Causes.where(line.issue().cause()))),
          Column.text("state", "State", "c-status", line -> state(line)),
          Column.<Line>number(
                  "events", "Events", "c-steps", line -> Cell.count(line.issue().seen().failures()))
              .sorted(),
          Column.<Line>number(
                  "sessions",
                  "Sessions",
                  "c-steps",
                  line -> Cell.count(line.issue().seen().sessions()))
              .sorted(),
          Column.<Line>number(
                  "users", "Users", "c-steps", line -> Cell.count(line.issue().seen().users()))
              .sorted(),
          Column.<Line>number(
                  "first",
                  "First seen",
                  "c-cost",
                  line -> age(line, line.issue().seen().firstNanos()))
              .sorted(),
          Column.<Line>number(
                  "last", "Last seen", "c-cost", line -> age(line, line.issue().seen().lastNanos()))
              .sorted(),
          Column.text("trend", "Trend", "c-took", line -> Cell.of(new Mark.Spark(line.trend()))));

  ListView list(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.issues(asked, was);
    Ask ask = searched.ask();
    QueryBar bar = new QueryBar(searched, "issues", EXAMPLE);
    ListView view = ListView.of(frame, "Issues", List.of(), ask, bar);
    if (searched.nothing()) {
      return view;
    }
    Issues issues = store.issues();
    IssuePage page =
        issues.find(
            new IssueQuery(
                project,
                searched.filter(),
                ask.range().from(),
                ask.range().to(),
                ORDERS.getOrDefault(ask.sortColumn(), IssueQuery.Order.LAST_SEEN),
                ask.descending(),
                Ask.ROWS,
                ask.cursor()));
    return page.issues().isEmpty()
        ? view.nothing(noMatch(frame, project, searched))
        : view.found(table(frame, project, ask, page.issues()), "", page.cursor());
  }

  private NoMatch noMatch(Frame frame, int project, Searched searched) {
    Range range = searched.ask().range();
    return Nothing.of(
        "issue",
        frame,
        searched,
        filter -> {
          List<Issue> newest = find(project, filter, Instant.EPOCH, range.to(), 1);
          return newest.isEmpty() ? null : (Long) newest.getFirst().seen().lastNanos();
        },
        filter -> find(project, filter, range.from(), range.to(), MOST).size());
  }

  private List<Issue> find(int project, Filter filter, Instant from, Instant to, int limit) {
    return store
        .issues()
        .find(
            new IssueQuery(
                project, filter, from, to, IssueQuery.Order.LAST_SEEN, true, limit, null))
        .issues();
  }

  private Table table(Frame frame, int project, Ask ask, List<Issue> issues) {
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    List<Line> lines =
        issues.stream()
            .map(issue -> new Line(issue, frame, ask, trend(project, issue, axis)))
            .toList();
    return Column.table(
        "Issues",
        "issues",
        ask,
        COLUMNS,
        lines,
        line -> line.issue().cause().id(),
        line -> Links.with(frame.links().one("issues", line.issue().cause().id()), ask.kept()));
  }

  private String trend(int project, Issue issue, TimeAxis axis) {
    long[] counts = new long[axis.steps()];
    store
        .issues()
        .counts(project, issue.cause().id(), axis.start(), axis.end(), axis.step())
        .forEach(count -> {
          int at = axis.index(count.start());
          if (at >= 0 && at < counts.length) {
            counts[at] += count.failures();
          }
        });
    return Spark.bars(counts);
  }

  private static Cell named(Line line) {
    String text = Causes.text(line.issue().cause());
    return Cell.of(text, text)
        .styled("fault")
        .marked(new Mark.Fault())
        .termed("type", line.issue().cause().type());
  }

  static String word(Issue issue) {
    return issue.status().regressed()
        ? "regressed"
        : issue.status().state().name().toLowerCase(Locale.ROOT);
  }

  private static Cell state(Line line) {
    String word = word(line.issue());
    return Cell.of(word)
        .styled(word.equals("regressed") ? "bad" : word.equals("open") ? "" : "dim")
        .termed("state", line.issue().status().state().name().toLowerCase(Locale.ROOT));
  }

  private static Cell age(Line line, long nanos) {
    return Cell.of(Show.age(nanos, line.frame().now()), Show.exactTime(nanos));
  }
}
