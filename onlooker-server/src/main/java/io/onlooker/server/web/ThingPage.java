package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.read.Rollup;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The page of one agent, person, model or tool. */
final class ThingPage {

  /** Clocks of senders run ahead; a day of it is still found. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final Store store;

  ThingPage(Store store) {
    this.store = store;
  }

  BoardView agent(Frame frame, int project, String name, Ask ask) {
    SessionParts sessions = SessionParts.of(store, project, frame, ask, Links.term("agent", name));
    String runs = "gen_ai.operation.type:agent " + Links.term("gen_ai.agent.name", name);
    Breakdown by = new Breakdown(frame, ask, new Figures(store, project), runs);
    return new BoardView(
        frame,
        ask,
        up(frame, ask, "agents", "Agents"),
        name,
        "agent",
        sessions.readings(),
        List.of(
            sessions.runs(),
            sessions.times(),
            sessions.causes(),
            sessions.slowest(),
            BoardView.Part.of("releases", "By release", by::releases)));
  }

  BoardView user(Frame frame, int project, String id, Ask ask) {
    SessionParts sessions = SessionParts.of(store, project, frame, ask, Links.term("user.id", id));
    return new BoardView(
        frame,
        ask,
        up(frame, ask, "users", "Users"),
        id,
        "user",
        sessions.readings(),
        List.of(sessions.runs(), sessions.causes(), sessions.conversations(), sessions.newest()));
  }

  BoardView model(Frame frame, int project, String name, Ask ask) {
    String term = Links.term("gen_ai.request.model", name);
    CallParts calls =
        CallParts.of(store, project, frame, ask, Model.CALLS + " " + term, Rollup.MODELS);
    List<Model> found = Model.read(calls.spans(), ask.narrowed(term), ask.range(), 5);
    return called(
        calls,
        up(frame, ask, "models", "Models"),
        name,
        "model",
        found.isEmpty() ? List.of() : modelReadings(calls, found.getFirst()));
  }

  BoardView tool(Frame frame, int project, String name, Ask ask) {
    String term = Links.term("gen_ai.tool.name", name);
    CallParts calls =
        CallParts.of(store, project, frame, ask, Tool.CALLS + " " + term, Rollup.TOOLS);
    List<Tool> found = Tool.read(calls.spans(), ask.narrowed(term), ask.range(), 5);
    return called(
        calls,
        up(frame, ask, "tools", "Tools"),
        name,
        "tool",
        found.isEmpty() ? List.of() : toolReadings(calls, found.getFirst()));
  }

  private BoardView called(
      CallParts calls,
      ListView.Tab up,
      String name,
      String kind,
      List<BoardView.Reading> readings) {
    if (readings.isEmpty() && none(calls)) {
      throw new HttpProblem(
          404, "No such " + kind, kind + ": " + name + " (expected: one that spans name)");
    }
    Breakdown by = calls.breakdown();
    return new BoardView(
        calls.frame(),
        calls.ask(),
        up,
        name,
        kind,
        readings,
        List.of(
            calls.calls(),
            calls.times(),
            calls.faults(),
            calls.slowest(),
            BoardView.Part.of("callers", "Who calls it", by::callers),
            BoardView.Part.of("releases", "By release", by::releases)));
  }

  /** Whether no span ever named it, in any environment. */
  private boolean none(CallParts calls) {
    SpanQuery any =
        new SpanQuery(
            calls.spans().project(),
            QueryParser.parse(calls.query()),
            Instant.EPOCH,
            calls.frame().now().plus(AHEAD),
            1,
            null);
    return store.spans(any).spans().isEmpty();
  }

  private static List<BoardView.Reading> modelReadings(CallParts calls, Model model) {
    String link = calls.samples("");
    return List.of(
        BoardView.Reading.plain("Calls", Show.count(model.calls()), "", link),
        failed(model.errors(), model.calls(), calls.samples("status:error")),
        BoardView.Reading.plain("p95 duration", Unit.MILLIS.show(model.p95()), "", link),
        BoardView.Reading.plain("First token p50", Unit.SECONDS.show(model.firstToken()), "", link),
        BoardView.Reading.plain(
            "Tokens in → out",
            Unit.TOKENS.show(model.in()) + " → " + Unit.TOKENS.show(model.out()),
            "",
            link),
        BoardView.Reading.plain(
            "Cost", Show.cost(model.cost()), "", calls.frame().links().one("settings", "prices")));
  }

  private static List<BoardView.Reading> toolReadings(CallParts calls, Tool tool) {
    String link = calls.samples("");
    Double before = tool.before();
    Double p95 = tool.p95();
    boolean worse = p95 != null && before != null && p95 > 1.25 * before;
    return List.of(
        BoardView.Reading.plain("Calls", Show.count(tool.calls()), "", link),
        failed(tool.errors(), tool.calls(), calls.samples("(" + Rollup.TOOL_FAILED + ")")),
        BoardView.Reading.plain("p50 duration", Unit.MILLIS.show(tool.p50()), "", link),
        new BoardView.Reading(
            "p95 duration",
            Unit.MILLIS.show(p95),
            "",
            Unit.MILLIS.exact(p95),
            Change.of(Unit.MILLIS, p95, before, worse),
            "vs before",
            link),
        BoardView.Reading.plain("Longest", Unit.MILLIS.show(tool.most()), "", link));
  }

  private static BoardView.Reading failed(long errors, long calls, String link) {
    String share = Show.share(calls == 0 ? 0 : (double) errors / calls);
    return BoardView.Reading.plain("Errors", Show.count(errors), share, link);
  }

  private static ListView.Tab up(Frame frame, Ask ask, String place, String name) {
    return BoardView.link(name, Links.with(frame.links().place(place), ask.kept()));
  }
}
