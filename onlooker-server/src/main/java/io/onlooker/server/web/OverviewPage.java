package io.onlooker.server.web;

import io.onlooker.store.SessionGroup;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
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
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    OverviewAnswers answers = OverviewAnswers.begin(store, project, ask, axis);
    Beside<BoardView.Part> causes = Beside.begin(() -> causes(frame, project, ask, answers));
    List<BoardView.Part> parts = new ArrayList<>();
    List<BoardView.Reading> readings = readings(frame, ask, answers, parts);
    parts.addAll(overTime(frame, ask, answers));
    parts.add(causes.join());
    parts.addAll(new Actors(frame, ask, answers).parts());
    return new BoardView(frame, ask, null, "Overview", "", readings, parts);
  }

  /** The readings; without an answer none, and a part that says why. */
  private static List<BoardView.Reading> readings(
      Frame frame, Ask ask, OverviewAnswers answers, List<BoardView.Part> parts) {
    try {
      return new Readings(frame, ask, answers).all();
    } catch (StoreException e) {
      parts.add(BoardView.Part.failed("readings", "Readings", e));
      return List.of();
    }
  }

  private BoardView.Part causes(Frame frame, int project, Ask ask, OverviewAnswers answers) {
    Causes causes = new Causes(store, project, frame, ask);
    return BoardView.Part.of(
        "why", "Why sessions failed", () -> causes.part(answers.sessions(), answers.now()));
  }

  private static List<BoardView.Part> overTime(Frame frame, Ask ask, OverviewAnswers answers) {
    TimeAxis axis = answers.axis();
    List<Chart.Release> releases = answers.releases().join();
    Beside<List<SessionGroup>> steps = answers.steps();
    Plot counts = new Plot(ask, axis, Unit.COUNT).marked(releases);
    Plot times = new Plot(ask, axis, Unit.MILLIS).marked(releases);
    String slower = "Is it slower than " + before(ask) + "?";
    return List.of(
        BoardView.Part.of(
            "sessions",
            "Sessions and failures",
            () -> started(frame, ask, counts, axis, steps.join())),
        BoardView.Part.of(
            "slower",
            slower,
            () ->
                BoardView.Part.chart(
                    "slower",
                    slower,
                    BoardView.link("open as query", frame.links().spans(agentsSlow(ask))),
                    slower(ask, times, axis, steps.join()))));
  }

  private static BoardView.Part started(
      Frame frame, Ask ask, Plot plot, TimeAxis axis, List<SessionGroup> steps) {
    return BoardView.Part.chart(
        "sessions",
        "Sessions and failures",
        BoardView.link("open as query", sessionsLink(frame, ask, "")),
        SessionFigures.chart(plot, axis, steps));
  }

  private static Chart slower(Ask ask, Plot plot, TimeAxis axis, List<SessionGroup> steps) {
    TimeAxis earlier = axis.before();
    return plot.lines(
        "95th percentile of the time a session takes",
        List.of(
            SessionFigures.series(
                today(ask),
                "now",
                axis,
                steps,
                Double.NaN,
                step -> SessionFigures.number(step.times().p95())),
            SessionFigures.series(
                before(ask),
                "before",
                earlier,
                steps,
                Double.NaN,
                step -> SessionFigures.number(step.times().p95()))));
  }

  static String sessionsLink(Frame frame, Ask ask, String query) {
    return frame.links().sessions(query, ask);
  }

  private static Map<String, String> agentsSlow(Ask ask) {
    Map<String, String> parameters = new java.util.LinkedHashMap<>();
    parameters.put("q", "op:gen_ai.invoke_agent");
    parameters.putAll(ask.kept());
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
