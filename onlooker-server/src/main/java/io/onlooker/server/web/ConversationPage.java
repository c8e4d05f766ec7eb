package io.onlooker.server.web;

import io.onlooker.server.cost.PriceMatch;
import io.onlooker.server.cost.PriceRow;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.read.Step;
import io.onlooker.server.read.Steps;
import io.onlooker.server.read.Turn;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.Store;
import io.onlooker.store.span.SpanKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the sessions of one conversation and what was said in each. */
final class ConversationPage {

  private static final int TURNS = 50;

  private final Store store;
  private final IntFunction<Prices> prices;
  private final Found found;

  /**
   * @param prices of a project: they tell how much a model takes
   */
  ConversationPage(Store store, IntFunction<Prices> prices) {
    this.store = store;
    this.prices = prices;
    this.found = new Found(store);
  }

  /**
   * A conversation.
   *
   * @param here the turn that the address names, counted from 1, or 0
   */
  ConversationView conversation(Frame frame, int project, String id, int here) {
    SessionPage page = found.ofConversation(project, id, frame.now(), TURNS);
    if (page.sessions().isEmpty()) {
      throw new HttpProblem(
          404,
          "No such conversation",
          "conversation: " + id + " (expected: the id that a session of this project has)");
    }
    Frame titled = frame.titled("Conversation " + id, "conversations");
    List<ConversationView.Turn> turns = new ArrayList<>();
    for (Turn turn : Turn.of(page.sessions(), frame.now())) {
      SessionRow row = new SessionRow(turn.session(), titled, Map.of());
      turns.add(turn(turns.size() + 1, row, turn.clock().sentence()));
    }
    return view(titled, id, page, turns, here);
  }

  private static ConversationView view(
      Frame frame, String id, SessionPage page, List<ConversationView.Turn> turns, int here) {
    List<Session> sessions = page.sessions();
    String user = sessions.getFirst().userId();
    long first = sessions.getFirst().startNanos();
    long last = sessions.getLast().startNanos();
    return new ConversationView(
        frame,
        id,
        user,
        user == null ? null : frame.links().one("users", user),
        turns,
        here,
        columns(turns, Unit.USD, turn -> usd(turn.row().session())),
        columns(turns, Unit.TOKENS, ConversationView.Turn::contextTokens),
        sessions.stream().filter(one -> one.status() == Session.Status.FAILED).count(),
        Show.tokens(sum(sessions, true), sum(sessions, false)),
        sessions.stream().map(Session::cost).reduce(Session.Cost.NONE, Session.Cost::plus),
        frame.time(first) + (sessions.size() == 1 ? "" : " – " + frame.time(last)),
        page.cursor() == null ? "" : "Only the first " + TURNS + " turns are shown.");
  }

  private ConversationView.Turn turn(int number, SessionRow row, String clock) {
    Session session = row.session();
    List<Step> steps =
        Steps.ofRun(store.trace(session.project(), session.traceId()), session.rootSpanId());
    Session.Texts texts = session.texts();
    String input = steps.isEmpty() ? null : steps.getFirst().input();
    String output = steps.isEmpty() ? null : steps.getFirst().output();
    return new ConversationView.Turn(
        number,
        row,
        passage(input == null ? texts.input() : input),
        passage(output == null ? texts.output() : output),
        tools(steps),
        context(session.project(), steps),
        clock);
  }

  /** What the last model call of a turn was sent: how full its context was. */
  private ConversationView.@Nullable Context context(int project, List<Step> steps) {
    Step last = null;
    for (Step step : steps) {
      last = step.inputTokens() == null ? last : step;
    }
    Long tokens = last == null ? null : last.inputTokens();
    return last == null || tokens == null
        ? null
        : new ConversationView.Context(tokens, window(project, last));
  }

  /** How much the model takes in one call, or null when the price table does not tell. */
  private @Nullable Long window(int project, Step call) {
    String model = call.model();
    PriceMatch match = model == null ? null : prices.apply(project).lookup(call.provider(), model);
    PriceRow row = match == null ? null : match.at(Show.instant(call.span().startNanos()));
    return row == null ? null : row.contextWindow();
  }

  private static @Nullable Double usd(Session session) {
    BigDecimal usd = session.cost().usd();
    return usd == null ? null : (Double) usd.doubleValue();
  }

  private static Turns columns(
      List<ConversationView.Turn> turns,
      Unit unit,
      Function<ConversationView.Turn, @Nullable Double> figure) {
    List<@Nullable Double> figures = new ArrayList<>();
    List<Integer> failed = new ArrayList<>();
    for (ConversationView.Turn turn : turns) {
      figures.add(figure.apply(turn));
      if (turn.row().failed()) {
        failed.add(turn.number() - 1);
      }
    }
    return Turns.of(figures, failed, unit);
  }

  /** {@code 2 tool calls: lookup_user 80 ms, check_order ✕ 30.0 s} */
  private static String tools(List<Step> steps) {
    List<Step> tools = steps.stream().filter(step -> step.kind() == SpanKind.TOOL).toList();
    if (tools.isEmpty()) {
      return "";
    }
    String names =
        tools.stream()
            .limit(8)
            .map(step ->
                step.title()
                    + (step.fault() == null ? " " : " ✕ ")
                    + Show.duration(step.span().durationNanos()))
            .collect(Collectors.joining(", "));
    return (tools.size() == 1 ? "1 tool call: " : tools.size() + " tool calls: ")
        + names
        + (tools.size() > 8 ? " …" : "");
  }

  private static @Nullable Passage passage(@Nullable String text) {
    return text == null ? null : Passage.prose(text);
  }

  private static @Nullable Long sum(List<Session> sessions, boolean input) {
    Long sum = null;
    for (Session session : sessions) {
      Session.Usage usage = session.usage();
      Long tokens = input ? usage.inputTokens() : usage.outputTokens();
      if (tokens != null) {
        sum = (sum == null ? 0 : sum) + tokens;
      }
    }
    return sum;
  }
}
