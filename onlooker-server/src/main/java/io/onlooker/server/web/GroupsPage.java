package io.onlooker.server.web;

import io.onlooker.store.Session;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what sessions have in common: conversations, people and agents. */
final class GroupsPage {

  private static final String EXAMPLE = "user.id:user-42  agent:support  status:failed  cost:>0.05";

  /** Counted up to here and no further. */
  private static final int MOST = 1_000;

  private final Store store;

  GroupsPage(Store store) {
    this.store = store;
  }

  /**
   * A group and the page it stands on.
   *
   * @param scale the longest run of the page in milliseconds, which spreads are drawn to
   * @param trend its last seven days as the path of a spark line, or empty
   */
  record Line(SessionGroup group, Frame frame, Ask ask, double scale, String trend) {

    Line(SessionGroup group, Frame frame, Ask ask) {
      this(group, frame, ask, 1, "");
    }
  }

  private static final List<Column<Line>> CONVERSATIONS =
      List.of(
          Column.text("active", "Last activity", "c-time", GroupsPage::active),
          Column.text("user", "User", "c-user", GroupsPage::user),
          Column.text(
              "first", "First message", "", line -> text(line.group().names().firstInput())),
          Column.text("last", "Last message", "", line -> text(line.group().names().lastOutput())),
          Column.number("turns", "Turns", "c-steps", line -> Cell.count(turns(line))),
          Column.number(
              "failed", "Failed", "c-steps", line -> Cell.faults(line.group().counts().failed())),
          Column.text(
              "agents",
              "Agents",
              "c-agent",
              line -> Cell.of(String.join(", ", line.group().names().agents()))),
          Column.number("tokens", "Tokens", "c-tokens", GroupsPage::tokens),
          Column.number("cost", "Cost", "c-cost", GroupsPage::cost),
          Column.number("length", "Length", "c-took", GroupsPage::length));

  private static final List<Column<Line>> USERS =
      List.of(
          Column.text("active", "Last activity", "c-time", GroupsPage::active),
          Column.text(
              "user",
              "User",
              "c-name",
              line -> Cell.of(line.group().key()).termed("user.id", line.group().key())),
          Column.text(
              "first", "First message", "", line -> text(line.group().names().firstInput())),
          Column.number(
              "sessions",
              "Sessions",
              "c-steps",
              line -> Cell.count(line.group().counts().sessions())),
          Column.number(
              "failed", "Failed", "c-steps", line -> Cell.faults(line.group().counts().failed())),
          Column.number(
              "conversations",
              "Conversations",
              "c-tokens",
              line -> Cell.count(line.group().counts().conversations())),
          Column.number("p95", "p95", "c-took", line -> millis(line.group().times().p95())),
          Column.number("tokens", "Tokens", "c-tokens", GroupsPage::tokens),
          Column.number("cost", "Cost", "c-cost", GroupsPage::cost));

  private static final List<Column<Line>> AGENTS =
      List.of(
          Column.text(
              "agent",
              "Agent",
              "",
              line -> Cell.of(line.group().key()).termed("agent", line.group().key())),
          Column.number(
              "runs", "Runs", "c-steps", line -> Cell.count(line.group().counts().sessions())),
          Column.number(
              "failed", "Failed", "c-steps", line -> Cell.faults(line.group().counts().failed())),
          Column.number(
              "rate",
              "Failed %",
              "c-took",
              line -> Cell.of(Show.share(line.group().counts().failureRate()))),
          Column.number("p50", "p50", "c-took", line -> millis(line.group().times().p50())),
          Column.number("p95", "p95", "c-took", line -> millis(line.group().times().p95())),
          Column.number("max", "max", "c-took", line -> millis(line.group().times().longest())),
          Column.text("spread", "p50 │ p95 ● max, log", "c-mark", GroupsPage::spread),
          Column.number("steps", "Steps / run", "c-cost", GroupsPage::stepsEach),
          Column.number("tokens", "Tokens / run", "c-tokens", GroupsPage::tokensEach),
          Column.number("each", "Cost / run", "c-cost", GroupsPage::costEach),
          Column.number("cost", "Cost", "c-price", GroupsPage::cost),
          Column.number("seen", "Last seen", "c-cost", GroupsPage::seen),
          Column.text("trend", "7 days", "c-took", line -> Cell.of(new Mark.Spark(line.trend()))));

  ListView conversations(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.sessions(asked, was);
    List<ListView.Tab> tabs = Tabs.people(searched.ask(), frame.links(), "conversations");
    ListView view = view(frame, "Conversations", tabs, searched);
    return read(
        view,
        project,
        searched,
        SessionGroupQuery.By.CONVERSATION,
        "conversations",
        CONVERSATIONS,
        line -> frame.links().conversation(line.group().key()));
  }

  ListView users(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.sessions(asked, was);
    List<ListView.Tab> tabs = Tabs.people(searched.ask(), frame.links(), "users");
    ListView view = view(frame, "Users", tabs, searched);
    return read(
        view,
        project,
        searched,
        SessionGroupQuery.By.USER,
        "users",
        USERS,
        line -> one(line, "users"));
  }

  ListView agents(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.sessions(asked, was);
    List<ListView.Tab> tabs = Tabs.actors(searched.ask(), frame.links(), "agents");
    ListView view = view(frame, "Agents", tabs, searched);
    return read(
        view,
        project,
        searched,
        SessionGroupQuery.By.AGENT,
        "agents",
        AGENTS,
        line -> one(line, "agents"));
  }

  /** The conversations of a person, for their page. */
  Table conversationsOf(Frame frame, Ask ask, SessionFigures sessions) {
    List<Line> lines =
        sessions
            .groups(
                ask.range(),
                SessionGroupQuery.By.CONVERSATION,
                SessionGroupQuery.Order.LAST_ACTIVE,
                10,
                null)
            .groups()
            .stream()
            .map(group -> new Line(group, frame, ask))
            .toList();
    List<String> shown = List.of("active", "first", "turns", "failed", "cost");
    return Column.table(
        "Conversations",
        "conversations-short",
        ask,
        CONVERSATIONS.stream().filter(column -> shown.contains(column.key())).toList(),
        lines,
        line -> "c-" + line.group().key(),
        line -> frame.links().conversation(line.group().key()));
  }

  private static ListView view(
      Frame frame, String title, List<ListView.Tab> tabs, Searched searched) {
    QueryBar bar = new QueryBar(searched, "sessions", EXAMPLE);
    return ListView.of(frame, title, tabs, searched.ask(), bar);
  }

  private ListView read(
      ListView view,
      int project,
      Searched searched,
      SessionGroupQuery.By by,
      String what,
      List<Column<Line>> columns,
      java.util.function.Function<Line, String> link) {
    if (searched.nothing()) {
      return view;
    }
    Ask ask = searched.ask();
    boolean agents = by == SessionGroupQuery.By.AGENT;
    SessionGroupPage page =
        new SessionFigures(store, project, searched.filter())
            .groups(
                ask.range(),
                by,
                agents ? SessionGroupQuery.Order.SESSIONS : SessionGroupQuery.Order.LAST_ACTIVE,
                Ask.ROWS,
                ask.cursor());
    if (page.groups().isEmpty()) {
      return view.nothing(noMatch(view.frame(), project, searched, by, what));
    }
    List<Line> lines =
        agents
            ? new AgentTrends(store, project).lines(page.groups(), view.frame(), ask)
            : page.groups().stream().map(group -> new Line(group, view.frame(), ask)).toList();
    Table table =
        Column.table(
            view.title(),
            what,
            ask,
            columns,
            lines,
            line -> line.group().key(),
            line -> line.group().key().length() > SessionRow.LONGEST_ID ? null : link.apply(line));
    return view.found(table, "", page.cursor());
  }

  private NoMatch noMatch(
      Frame frame, int project, Searched searched, SessionGroupQuery.By by, String what) {
    Found found = new Found(store);
    return Nothing.of(
        what.substring(0, what.length() - 1),
        frame,
        searched,
        filter -> {
          List<Session> newest = found.newest(project, filter, frame.now()).sessions();
          return newest.isEmpty() ? null : (Long) newest.getFirst().startNanos();
        },
        filter ->
            new SessionFigures(store, project, filter)
                .groups(searched.ask().range(), by, SessionGroupQuery.Order.SESSIONS, MOST, null)
                .groups()
                .size());
  }

  private static String one(Line line, String kind) {
    String path = line.frame().links().one(kind, line.group().key());
    return Links.with(path, line.ask().kept());
  }

  private static Cell active(Line line) {
    long last = line.group().span().lastActiveNanos();
    return Cell.of(line.frame().time(last), Show.exactTime(last)).styled("mono");
  }

  private static Cell user(Line line) {
    List<String> users = line.group().names().users();
    return Cell.of(String.join(", ", users))
        .termed("user.id", users.size() == 1 ? users.getFirst() : null);
  }

  private static Cell text(@Nullable String text) {
    return Cell.of(text, text == null ? "" : text);
  }

  private static long turns(Line line) {
    return line.group().counts().runs();
  }

  private static Cell tokens(Line line) {
    Long in = line.group().usage().inputTokens();
    Long out = line.group().usage().outputTokens();
    return Cell.of(Show.tokens(in, out), in + " in, " + out + " out");
  }

  private static Cell cost(Line line) {
    boolean known = line.group().cost().usd() != null;
    return Cell.of(Show.cost(line.group().cost()), Show.exactCost(line.group().cost()))
        .styled(known ? "" : "dim");
  }

  private static Cell length(Line line) {
    SessionGroup.Span span = line.group().span();
    return Cell.of(Show.duration(span.lastActiveNanos() - span.firstStartNanos()));
  }

  private static Cell millis(@Nullable Double millis) {
    return Cell.of(Unit.MILLIS.show(millis), Unit.MILLIS.exact(millis));
  }

  private static Cell spread(Line line) {
    SessionGroup.Times times = line.group().times();
    return Cell.of("")
        .marked(Mark.Spread.log(times.p50(), times.p95(), times.longest(), line.scale()));
  }

  private static Cell stepsEach(Line line) {
    return each(line, Unit.NUMBER, (double) line.group().steps());
  }

  private static Cell tokensEach(Line line) {
    Long tokens = line.group().usage().totalTokens();
    return each(line, Unit.TOKENS, tokens == null ? null : (Double) tokens.doubleValue());
  }

  private static Cell costEach(Line line) {
    java.math.BigDecimal usd = line.group().cost().usd();
    return each(line, Unit.USD, usd == null ? null : (Double) usd.doubleValue());
  }

  private static Cell each(Line line, Unit unit, @Nullable Double sum) {
    long runs = line.group().counts().sessions();
    Double each = sum == null || runs == 0 ? null : (Double) (sum / runs);
    return Cell.of(unit.show(each), unit.exact(each));
  }

  private static Cell seen(Line line) {
    long last = line.group().span().lastActiveNanos();
    return Cell.of(Show.age(last, line.frame().now()), Show.exactTime(last));
  }
}
