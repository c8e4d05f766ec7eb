package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.Store;
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
    Readings readings = new Readings(frame, ask, sessions, spans);
    Actors actors = new Actors(frame, ask, spans, axis);
    return new BoardView(
        frame,
        ask,
        null,
        "Overview",
        "",
        readings.all(),
        List.of(
            BoardView.Part.chart(
                "sessions",
                "Sessions and failures",
                BoardView.link("open as query", sessionsLink(frame, ask, "")),
                sessions.chart(new Plot(ask, axis, Unit.COUNT), axis)),
            BoardView.Part.chart(
                "slower",
                "Is it slower than " + before(ask) + "?",
                BoardView.link("open as query", frame.links().spans(agentsSlow(ask))),
                slower(ask, sessions, axis)),
            new Causes(store, project, frame, ask).part(sessions),
            actors.slowTools(),
            actors.costByModel(),
            actors.models()));
  }

  private static Chart slower(Ask ask, SessionFigures sessions, TimeAxis axis) {
    List<SessionGroup> now = sessions.steps(axis);
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
