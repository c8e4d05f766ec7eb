package io.onlooker.server.web;

import io.onlooker.LogData;
import io.onlooker.store.Filter;
import io.onlooker.store.LogPage;
import io.onlooker.store.LogQuery;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists what the code said, with how often it said so. */
final class LogsPage {

  private static final String EXAMPLE = "level:error  \"no answer\"  logger:shop.Orders";

  private final Store store;

  LogsPage(Store store) {
    this.store = store;
  }

  /** A line and the page it stands on. */
  private record Line(int number, LogData log, Frame frame) {}

  private static final List<Column<Line>> COLUMNS =
      List.of(
          Column.text("time", "Time", "c-time", line -> time(line)),
          Column.text("level", "Level", "c-took", line -> level(line)),
          Column.text("message", "Message", "", line -> message(line)),
          Column.text("logger", "Logger", "c-agent", line -> logger(line)),
          Column.text("trace", "Trace", "c-took", line -> trace(line)));

  ListView list(Frame frame, int project, Ask asked, @Nullable String was) {
    Searched searched = Searched.logs(asked, was);
    Ask ask = searched.ask();
    QueryBar bar = new QueryBar(searched, "logs", EXAMPLE);
    ListView view = ListView.of(frame, "Logs", List.of(), ask, bar);
    if (searched.nothing()) {
      return view;
    }
    LogQuery query =
        new LogQuery(
            project,
            searched.filter(),
            ask.range().from(),
            ask.range().to(),
            null,
            Ask.ROWS,
            ask.cursor());
    LogPage page = store.logs(query);
    if (page.lines().isEmpty()) {
      return view.nothing(noMatch(frame, searched, query));
    }
    return view.found(table(frame, ask, page.lines()), "", page.cursor())
        .charted(chart(frame, ask, query));
  }

  private NoMatch noMatch(Frame frame, Searched searched, LogQuery query) {
    return Nothing.of(
        "log line",
        frame,
        searched,
        filter -> {
          List<LogData> newest = store.logs(with(query, filter, Instant.EPOCH, query.to())).lines();
          return newest.isEmpty() ? null : (Long) newest.getFirst().timeNanos();
        },
        filter ->
            store
                .logCounts(
                    with(query, filter, query.from(), query.to()),
                    Duration.between(query.from(), query.to()).plusSeconds(1))
                .stream()
                .mapToLong(LogPage.Count::lines)
                .sum());
  }

  private static LogQuery with(LogQuery query, Filter filter, Instant from, Instant to) {
    return new LogQuery(query.project(), filter, from, to, null, 1, null);
  }

  private static Table table(Frame frame, Ask ask, List<LogData> logs) {
    List<Line> lines = new java.util.ArrayList<>();
    logs.forEach(log -> lines.add(new Line(lines.size() + 1, log, frame)));
    return Column.table(
        "Log lines", "logs", ask, COLUMNS, lines, line -> "l" + line.number(), LogsPage::link);
  }

  private Chart chart(Frame frame, Ask ask, LogQuery query) {
    TimeAxis axis = TimeAxis.over(ask.range(), frame.visitor().zone());
    List<LogPage.Count> counts = store.logCounts(query, axis.step());
    return new Plot(ask, axis, Unit.COUNT)
        .low()
        .bars(
            "Log lines",
            List.of(
                series("lines", "plain", axis, counts, Integer.MIN_VALUE, 12),
                series("warnings", "warn", axis, counts, 13, 16),
                series("errors", "bad", axis, counts, 17, Integer.MAX_VALUE)));
  }

  private static Series series(
      String name, String css, TimeAxis axis, List<LogPage.Count> counts, int from, int to) {
    Double[] values = new Double[axis.steps()];
    Arrays.fill(values, 0.0);
    for (LogPage.Count count : counts) {
      int severity = count.level().severityNumber();
      int at = axis.index(count.start());
      if (severity >= from && severity <= to && at >= 0 && at < values.length) {
        values[at] += count.lines();
      }
    }
    return new Series(name, css, List.of(values));
  }

  private static @Nullable String link(Line line) {
    String span = line.log().spanId();
    String trace = line.log().traceId();
    return span != null
        ? line.frame().links().jump(span)
        : trace == null ? null : line.frame().links().trace(trace);
  }

  private static Cell time(Line line) {
    long time = line.log().timeNanos();
    return Cell.of(line.frame().time(time), Show.exactTime(time)).styled("mono");
  }

  private static Cell level(Line line) {
    LogData.Level level = line.log().level();
    String word = level.name().toLowerCase(Locale.ROOT);
    String css = level.severityNumber() > 16 ? "bad" : level == LogData.Level.WARN ? "warn" : "dim";
    return Cell.of(word).styled(css).termed("level", word);
  }

  private static Cell message(Line line) {
    String body = line.log().body();
    Map<String, String> pairs = new LinkedHashMap<>();
    line.log().attributes().forEach((key, value) -> pairs.put(key, value.toString()));
    return Cell.of(body, body).marked(new Mark.Folded(pairs));
  }

  private static Cell logger(Line line) {
    String logger = line.log().attributes().string("logger");
    String name = logger == null ? line.log().attributes().string("logger.name") : logger;
    return Cell.of(name).termed(logger == null ? "logger.name" : "logger", name);
  }

  private static Cell trace(Line line) {
    String trace = line.log().traceId();
    return Cell.of(trace == null ? "" : Show.id(trace), trace == null ? "" : trace)
        .linked(trace == null ? null : line.frame().links().trace(trace))
        .termed("trace", trace)
        .styled("mono");
  }
}
