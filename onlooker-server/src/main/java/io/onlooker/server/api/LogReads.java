package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.Period;
import io.onlooker.server.read.RunsOfSpans;
import io.onlooker.store.Filter;
import io.onlooker.store.LogPage;
import io.onlooker.store.LogQuery;
import io.onlooker.store.LogQuery.OfSpans;
import io.onlooker.store.Session;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists log lines with the session that each belongs to, and counts them over time. */
record LogReads(Store store, Rights rights, InstantSource clock) {

  private static final int USUAL = 100;
  private static final int BARS = 60;

  Response list(Request request) {
    LogQuery query = query(request);
    LogPage page = Problem.paging(query.cursor(), () -> store.logs(query));
    RunsOfSpans runs = new RunsOfSpans(store, query.project());
    return JsonOut.object(out -> {
      NoteJson json = new NoteJson(out);
      out.objects(
          "logs",
          page.lines(),
          line -> {
            json.log(line);
            out.text("session_id", runs.session(line.traceId(), line.spanId()));
          });
      out.text("cursor", page.cursor());
    });
  }

  Response histogram(Request request) {
    LogQuery query = query(request);
    Duration step = new Period(query.from(), query.to()).step(BARS);
    List<LogPage.Count> counts = Problem.asking(() -> store.logCounts(query, step));
    return JsonOut.object(out ->
        out.number("step_seconds", step.toSeconds())
            .objects(
                "bars",
                counts,
                count ->
                    out.text("start", count.start().toString())
                        .text("level", count.level().name().toLowerCase(Locale.ROOT))
                        .number("lines", count.lines())));
  }

  private LogQuery query(Request request) {
    int project = rights.readable(request);
    Parameters parameters = new Parameters(request);
    Filter filter = Problem.reading("q", () -> QueryParser.parseLogs(parameters.q()));
    TimeRange range = parameters.range(clock.instant());
    return new LogQuery(
        project,
        filter,
        range.from(),
        range.to(),
        ofSession(project, parameters.text("session")),
        parameters.limit(USUAL),
        parameters.text("cursor"));
  }

  private @Nullable OfSpans ofSession(int project, @Nullable String id) {
    if (id == null) {
      return null;
    }
    Session session = Problem.asking(() -> store.session(project, id));
    if (session == null) {
      throw Problem.notFound("session", id);
    }
    return Problem.asking(() -> new RunsOfSpans(store, project).spansOf(session));
  }
}
