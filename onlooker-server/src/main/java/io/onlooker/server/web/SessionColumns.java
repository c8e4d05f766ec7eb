package io.onlooker.server.web;

import io.onlooker.store.Session;
import java.util.List;

/** What a list says about each session. */
final class SessionColumns {

  static final List<Column<SessionRow>> ALL =
      List.of(
          Column.<SessionRow>text("started", "Started", "c-time", SessionColumns::started).sorted(),
          Column.text("status", "Status", "c-status", SessionColumns::status),
          Column.text("agent", "Agent", "c-agent", SessionColumns::agent),
          Column.text("input", "Input", "", row -> Cell.of(row.input(), row.input())),
          Column.text("answer", "Why / answer", "", SessionColumns::answer),
          Column.text("user", "User", "c-user", SessionColumns::user),
          Column.<SessionRow>text(
                  "conversation", "Conversation", "c-user", SessionColumns::conversation)
              .optional(),
          Column.<SessionRow>text("model", "Model", "c-agent", SessionColumns::model).optional(),
          Column.<SessionRow>text(
                  "environment", "Environment", "c-user", SessionColumns::environment)
              .optional(),
          Column.<SessionRow>text("release", "Release", "c-user", SessionColumns::release)
              .optional(),
          Column.number("steps", "Steps", "c-steps", SessionColumns::steps),
          Column.<SessionRow>number("first", "First token", "c-took", SessionColumns::firstToken)
              .optional(),
          Column.<SessionRow>number("tokens", "Tokens", "c-tokens", SessionColumns::tokens)
              .sorted(),
          Column.<SessionRow>number("cost", "Cost", "c-cost", SessionColumns::cost).sorted(),
          Column.<SessionRow>number("duration", "Time", "c-took", SessionColumns::took).sorted());

  private SessionColumns() {}

  private static Cell started(SessionRow row) {
    return Cell.of(row.started(), row.startedExactly()).styled("mono");
  }

  private static Cell status(SessionRow row) {
    String word = row.outcome().word();
    return Cell.of(new Mark.Ended(row.outcome()))
        .termed("status", word.equals("done") ? "completed" : word);
  }

  private static Cell agent(SessionRow row) {
    String parent = row.session().parentSessionId();
    String title = parent == null ? "" : "A part of session " + parent;
    return Cell.of((parent == null ? "" : "↳ ") + row.agent(), title)
        .termed("agent", row.session().agentName());
  }

  private static Cell answer(SessionRow row) {
    return Cell.of(row.answer(), row.answer()).styled(row.failed() ? "bad" : "");
  }

  private static Cell user(SessionRow row) {
    String user = row.session().userId();
    return Cell.of(user).linked(row.userLink()).termed("user.id", user);
  }

  private static Cell conversation(SessionRow row) {
    String id = row.session().conversationId();
    return Cell.of(id).linked(row.conversationLink()).termed("conversation", id);
  }

  private static Cell model(SessionRow row) {
    List<String> models = row.session().models();
    return Cell.of(String.join(", ", models))
        .termed("model", models.size() == 1 ? models.getFirst() : null);
  }

  private static Cell environment(SessionRow row) {
    String environment = row.session().environment();
    return Cell.of(environment).termed("environment", environment);
  }

  private static Cell release(SessionRow row) {
    return Cell.of(row.session().release()).termed("release", row.session().release());
  }

  private static Cell steps(SessionRow row) {
    Session.Steps steps = row.session().steps();
    String failed = steps.failed() == 0 ? "" : "✕" + steps.failed();
    return Cell.of(Show.count(steps.total()), steps.failed() + " failed").noted(failed);
  }

  private static Cell firstToken(SessionRow row) {
    Double millis = row.session().usage().firstTokenMillis();
    return Cell.of(Unit.MILLIS.show(millis), Unit.MILLIS.exact(millis));
  }

  private static Cell tokens(SessionRow row) {
    return Cell.of(row.tokens(), row.exactTokens());
  }

  private static Cell cost(SessionRow row) {
    boolean known = row.session().cost().usd() != null;
    return Cell.of(row.cost(), row.exactCost()).styled(known ? "" : "dim");
  }

  private static Cell took(SessionRow row) {
    return Cell.of(row.duration(), row.exactDuration());
  }
}
