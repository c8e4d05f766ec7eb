package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.Result;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.Store;
import java.util.List;

/**
 * What the overview asks the store: all that waits for no other answer is asked at once, each thing
 * once for every part that tells of it.
 *
 * @param now the sessions of the time asked for
 * @param before those of the period before
 * @param steps both periods step by step: the time before ends where the axis begins
 */
record OverviewAnswers(
    SessionFigures sessions,
    Figures spans,
    TimeAxis axis,
    Beside<ToolCalls> tools,
    Beside<List<Model>> models,
    Beside<Result> costs,
    Beside<List<Chart.Release>> releases,
    Beside<SessionGroup> now,
    Beside<SessionGroup> before,
    Beside<List<SessionGroup>> steps) {

  private static final int MOST_MODELS = 50;
  private static final int MOST_SERIES = 100;

  static OverviewAnswers begin(Store store, int project, Ask ask, TimeAxis axis) {
    Figures spans = new Figures(store, project);
    SessionFigures sessions = new SessionFigures(store, project, ask.narrowed(Filter.ALL));
    Range range = ask.range();
    String environment = ask.environment();
    return new OverviewAnswers(
        sessions,
        spans,
        axis,
        Beside.begin(() -> ToolCalls.read(spans, environment, range)),
        Beside.begin(() -> Model.readShort(spans, environment, range, MOST_MODELS)),
        Beside.begin(() -> costs(spans, ask, axis)),
        Beside.begin(() -> Releases.first(spans, environment, axis)),
        Beside.begin(() -> sessions.all(range)),
        Beside.begin(() -> sessions.all(range.before())),
        Beside.begin(() -> sessions.steps(axis.before().start(), axis.end(), axis.step())));
  }

  private static Result costs(Figures spans, Ask ask, TimeAxis axis) {
    return spans.steps(
        ask.narrowed(Model.CALLS),
        List.of("sum(onlooker.cost_usd)"),
        List.of("gen_ai.request.model"),
        axis,
        MOST_SERIES);
  }
}
