package io.onlooker.server.api;

import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.server.export.Column;
import io.onlooker.server.export.OtlpFile;
import io.onlooker.server.export.RowFile;
import io.onlooker.server.http.Download;
import io.onlooker.server.http.Request;
import io.onlooker.store.Filter;
import io.onlooker.store.LogPage;
import io.onlooker.store.LogQuery;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Sends all spans, sessions or log lines that a query takes as one file, newest first. */
record ExportReads(Store store, ToIntFunction<Request> projectOf, InstantSource clock) {

  private static final int PAGE = 2000;

  private enum Kind {
    SPANS,
    SESSIONS,
    LOGS
  }

  void send(Request request, Download download) throws IOException {
    int project = projectOf.applyAsInt(request);
    Parameters parameters = new Parameters(request);
    ExportFormat format = parameters.oneOf("format", ExportFormat.NDJSON);
    switch (parameters.oneOf("kind", Kind.SPANS)) {
      case SPANS -> spans(project, parameters, format, download);
      case SESSIONS -> sessions(project, parameters, format, download);
      case LOGS -> logs(project, parameters, format, download);
    }
  }

  private void spans(int project, Parameters parameters, ExportFormat format, Download download)
      throws IOException {
    List<Column> columns = ExportColumns.ofSpans(parameters);
    Instant now = clock.instant();
    TimeRange range = parameters.range(now);
    Filter filter = Problem.reading("q", () -> QueryParser.parse(parameters.q(), now));
    Pages<SpanData> pages =
        new Pages<>(cursor -> {
          SpanQuery query = new SpanQuery(project, filter, range.from(), range.to(), PAGE, cursor);
          SpanPage page = Problem.asking(() -> store.spans(query));
          return new Pages.Page<>(page.spans(), page.cursor());
        });
    OutputStream out = begin(download, Kind.SPANS, format);
    try (RowFile<SpanData> file =
        format == ExportFormat.OTLP
            ? OtlpFile.ofSpans(out)
            : format.table(out, columns).from(JsonLine::of)) {
      pages.writeTo(file);
    }
  }

  private void sessions(int project, Parameters parameters, ExportFormat format, Download download)
      throws IOException {
    if (format == ExportFormat.OTLP) {
      throw Problem.badParameter("format", "otlp", "ndjson, csv or parquet for sessions");
    }
    TimeRange range = parameters.range(clock.instant());
    Filter filter = Problem.reading("q", () -> QueryParser.parseSessions(parameters.q()));
    Pages<Session> pages =
        new Pages<>(cursor -> {
          SessionQuery query =
              new SessionQuery(
                  project,
                  filter,
                  range.from(),
                  range.to(),
                  SessionQuery.Order.STARTED,
                  true,
                  PAGE,
                  cursor);
          SessionPage page = Problem.asking(() -> store.sessions(query));
          return new Pages.Page<>(page.sessions(), page.cursor());
        });
    OutputStream out = begin(download, Kind.SESSIONS, format);
    try (RowFile<Session> file = format.table(out, ExportColumns.SESSIONS).from(JsonLine::of)) {
      pages.writeTo(file);
    }
  }

  private void logs(int project, Parameters parameters, ExportFormat format, Download download)
      throws IOException {
    List<Column> columns = ExportColumns.ofLogs(parameters);
    TimeRange range = parameters.range(clock.instant());
    Filter filter = Problem.reading("q", () -> QueryParser.parseLogs(parameters.q()));
    Pages<LogData> pages =
        new Pages<>(cursor -> {
          LogQuery query =
              new LogQuery(project, filter, range.from(), range.to(), null, PAGE, cursor);
          LogPage page = Problem.asking(() -> store.logs(query));
          return new Pages.Page<>(page.lines(), page.cursor());
        });
    OutputStream out = begin(download, Kind.LOGS, format);
    try (RowFile<LogData> file =
        format == ExportFormat.OTLP
            ? OtlpFile.ofLogs(out)
            : format.table(out, columns).from(JsonLine::of)) {
      pages.writeTo(file);
    }
  }

  private static OutputStream begin(Download download, Kind kind, ExportFormat format) {
    String name = "onlooker-" + kind.name().toLowerCase(Locale.ROOT) + "." + format.suffix();
    return download.begin(format.contentType(), name);
  }
}
