package io.onlooker.server.web;

import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.Store;
import io.onlooker.store.issue.Cause;
import io.onlooker.store.issue.Issue;
import io.onlooker.store.query.QueryParser;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why sessions failed: the causes, the most frequent first. */
final class Causes {

  private static final int MOST = 5;

  private final Store store;
  private final int project;
  private final Frame frame;
  private final Ask ask;

  Causes(Store store, int project, Frame frame, Ask ask) {
    this.store = store;
    this.project = project;
    this.frame = frame;
    this.ask = ask;
  }

  /** An issue, and the sessions it made fail. */
  private record Line(Issue issue, long sessions, long users, Frame frame, Ask ask) {}

  private static final List<Column<Line>> COLUMNS =
      List.of(
          Column.text("reason", "Reason", "", line -> reason(line)),
          Column.text("where", "Where", "c-agent", line -> Cell.of(where(line.issue().cause()))),
          Column.number("sessions", "Sessions", "c-steps", line -> Cell.count(line.sessions())),
          Column.number("users", "Users", "c-steps", line -> Cell.count(line.users())),
          Column.number("first", "First seen", "c-cost", line -> firstSeen(line)));

  /**
   * The sessions that are looked at are those of the figures.
   *
   * @param all their sum
   */
  BoardView.Part part(SessionFigures sessions, Beside<SessionGroup> all) {
    SessionFigures failed =
        new SessionFigures(
            store,
            project,
            new io.onlooker.store.Filter.And(
                List.of(sessions.filter(), QueryParser.parseSessions("status:failed"))));
    List<Line> lines =
        failed
            .groups(
                ask.range(),
                SessionGroupQuery.By.CAUSE,
                SessionGroupQuery.Order.SESSIONS,
                MOST,
                null)
            .groups()
            .stream()
            .map(this::line)
            .filter(Objects::nonNull)
            .toList();
    Table table =
        Column.table(
            "Why sessions failed",
            "causes",
            ask,
            COLUMNS,
            lines,
            line -> line.issue().cause().id(),
            Causes::sessions);
    long count = all.join().counts().failed();
    return BoardView.Part.table(
        "why",
        "Why sessions failed",
        count == 0
            ? null
            : BoardView.link(
                "all " + Show.count(count), OverviewPage.sessionsLink(frame, ask, "status:failed")),
        table,
        "No session failed.");
  }

  private @Nullable Line line(SessionGroup group) {
    Issue issue = store.issues().find(project, group.key(), ask.range().from(), ask.range().to());
    return issue == null
        ? null
        : new Line(issue, group.counts().sessions(), group.counts().users(), frame, ask);
  }

  private static String sessions(Line line) {
    String query = "status:failed " + Links.term("issue", line.issue().cause().id());
    return OverviewPage.sessionsLink(line.frame(), line.ask(), query);
  }

  private static Cell reason(Line line) {
    String text = text(line.issue().cause());
    return Cell.of(text, text).styled("fault").marked(new Mark.Fault());
  }

  private static Cell firstSeen(Line line) {
    long first = line.issue().seen().firstNanos();
    return Cell.of(Show.age(first, line.frame().now()), Show.exactTime(first));
  }

  /** {@code ToolTimeout: check_order timed out after 30 s} */
  static String text(Cause cause) {
    String type = cause.type();
    String shown = type == null ? null : type.replaceFirst("^(?:[a-z][a-z0-9_]*\\.)+(?=[A-Z])", "");
    String message = cause.message();
    if (shown == null || shown.isEmpty()) {
      return message == null ? "failed without a reason" : message;
    }
    return message == null ? shown : shown + ": " + message;
  }

  /** {@code tool check_order} */
  static String where(Cause cause) {
    String kind = cause.place().kind().name().toLowerCase(Locale.ROOT);
    String shown = kind.equals("model") ? "llm" : kind.equals("operation") ? "" : kind;
    String name = cause.place().name();
    return (shown + " " + (name == null ? "" : name)).strip();
  }
}
