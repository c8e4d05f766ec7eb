package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells whether all is well, and if not, where to look. */
final class OverviewPage {

  private final Store store;

  OverviewPage(Store store) {
    this.store = store;
  }

  BoardView page(Frame frame, int project, Ask ask) {
    Filter filter = ask.narrowed(Filter.ALL);
    SessionFigures sessions = new SessionFigures(store, project, filter);
    Figures spans = new Figures(store, project);
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    Beside<List<BoardView.Part>> actors =
        Beside.begin(() -> new Actors(frame, ask, spans, axis).parts());
    Beside<BoardView.Part> causes =
        Beside.begin(() -> new Causes(store, project, frame, ask).part(sessions));
    List<BoardView.Reading> readings = new Readings(frame, ask, sessions, spans).all();
    List<BoardView.Part> parts = new ArrayList<>(overTime(frame, ask, sessions, axis));
    parts.add(causes.join());
    parts.addAll(actors.join());
    return new BoardView(frame, ask, null, "Overview", "", readings, parts);
  }

  private static List<BoardView.Part> overTime(
      Frame frame, Ask ask, SessionFigures sessions, TimeAxis axis) {
    List<SessionGroup> steps = sessions.steps(axis);
    return List.of(
        BoardView.Part.chart(
            "sessions",
            "Sessions and failures",
            BoardView.link("open as query", sessionsLink(frame, ask, "")),
            SessionFigures.chart(new Plot(ask, axis, Unit.COUNT), axis, steps)),
        BoardView.Part.chart(
            "slower",
            "Is it slower than " + before(ask) + "?",
            BoardView.link("open as query", frame.links().spans(agentsSlow(ask))),
            slower(ask, sessions, axis, steps)));
  }

  private static Chart slower(
      Ask ask, SessionFigures sessions, TimeAxis axis, List<SessionGroup> now) {
    TimeAxis earlier = axis.before();
    List<SessionGroup> before = sessions.steps(earlier);
    return new Plot(ask, axis, Unit.MILLIS)
        .lines(
            "95th percentile of the time a session takes",
            List.of(
                SessionFigures.series(
                    today(ask),
                    "now",
                    axis,
                    now,
                    Double.NaN,
                    step -> SessionFigures.number(step.times().p95())),
                SessionFigures.series(
                    before(ask),
                    "before",
                    earlier,
                    before,
                    Double.NaN,
                    step -> SessionFigures.number(step.times().p95()))));
  }

  static String sessionsLink(Frame frame, Ask ask, String query) {
    return frame.links().sessions(query, ask.range());
  }

  private static Map<String, String> agentsSlow(Ask ask) {
    Map<String, String> parameters = new java.util.LinkedHashMap<>();
    parameters.put("q", "op:gen_ai.invoke_agent");
    parameters.putAll(ask.range().parameters());
    parameters.put("agg", "p95(span.duration)");
    parameters.put("cmp", "prev");
    return parameters;
  }

  static String before(Ask ask) {
    return ask.in("24h") ? "yesterday" : "before";
  }

  private static String today(Ask ask) {
    return ask.in("24h") ? "today" : "now";
  }
}
