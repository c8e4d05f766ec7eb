package io.onlooker.benchmarks.store;

import io.onlooker.Item;
import io.onlooker.SpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The same spans in ClickHouse's engine: {@code ClickHouseFill LIBCHDB FOLDER SPANS}. What every
 * span of an operation has is a column; the tail stands in a map for each type, and texts in a
 * table of their own.
 */
public final class ClickHouseFill {

  static final String SPANS =
      """
      CREATE TABLE IF NOT EXISTS spans (
        start DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)), duration_ms Float64 CODEC(ZSTD(1)),
        trace_high Int64 CODEC(ZSTD(1)), trace_low Int64 CODEC(ZSTD(1)),
        id Int64 CODEC(ZSTD(1)), parent Int64 CODEC(ZSTD(1)), op LowCardinality(String),
        name LowCardinality(String), status LowCardinality(String), segment Bool, %s,
        texts Map(LowCardinality(String), String) CODEC(ZSTD(1)),
        numbers Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
        flags Map(LowCardinality(String), Bool) CODEC(ZSTD(1)),
        INDEX by_trace trace_high TYPE bloom_filter(0.01) GRANULARITY 1)
      ENGINE = MergeTree PARTITION BY toDate(start)
      ORDER BY (op, toStartOfMinute(start), start)
      """;

  private static final String TEXTS =
      """
      CREATE TABLE IF NOT EXISTS texts (start DateTime64(9, 'UTC'), trace_high Int64,
        trace_low Int64, id Int64, key LowCardinality(String), body String CODEC(ZSTD(1)))
      ENGINE = MergeTree ORDER BY start
      """;

  /** Keys that are columns; the others are in maps. */
  private static final List<String> COLUMNS =
      List.of(
          "sentry.transaction",
          "sentry.environment",
          "sentry.release",
          "server.address",
          "sentry.platform",
          "sentry.sdk.name",
          "user.id",
          "gen_ai.conversation.id",
          "error.type",
          "gen_ai.agent.name",
          "gen_ai.request.model",
          "gen_ai.provider.name",
          "gen_ai.tool.name",
          "http.request.method",
          "db.system.name");

  private static final int ROWS = 200_000;
  private static final int LONG_TEXT = 900;

  private ClickHouseFill() {}

  public static void main(String[] args) throws IOException {
    Path files = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
    TraceStream stream = new TraceStream(StoreFill.SEED, Long.parseLong(args[2]));
    long begin = System.nanoTime();
    try (ClickHouse engine = new ClickHouse(Path.of(args[0]), files.resolve("data"))) {
      engine.ask(SPANS.formatted(columns("LowCardinality(String)")));
      engine.ask(TEXTS);
      while (fill(engine, stream, files)) {
        System.out.printf(
            "%s spans after %.0f s%n",
            engine.ask("SELECT count() FROM spans").strip(), (System.nanoTime() - begin) / 1e9);
      }
      engine.ask("OPTIMIZE TABLE spans FINAL");
      System.out.printf(
          "%.0f s; bytes a span: %s%n",
          (System.nanoTime() - begin) / 1e9,
          engine.ask(
              "SELECT table, sum(bytes_on_disk) / sum(rows) FROM system.parts WHERE active AND"
                  + " table IN ('spans', 'texts') GROUP BY table"));
    }
  }

  private static String columns(String type) {
    return COLUMNS.stream().map(key -> "`" + key + "` " + type).collect(Collectors.joining(", "));
  }

  /** False when there are no more spans. */
  private static boolean fill(ClickHouse engine, TraceStream stream, Path files)
      throws IOException {
    Path spans = files.resolve("spans.bin");
    Path texts = files.resolve("texts.bin");
    int rows = 0;
    try (RowBinary span = new RowBinary(spans);
        RowBinary text = new RowBinary(texts)) {
      List<Item> batch = StoreFill.batch(stream);
      while (!batch.isEmpty()) {
        for (Item item : batch) {
          write(span, text, (SpanData) item);
        }
        rows += batch.size();
        batch = rows < ROWS ? StoreFill.batch(stream) : List.of();
      }
    }
    insert(
        engine,
        "spans",
        spans,
        "start Int64, duration_ms Float64, trace_high Int64, trace_low Int64, id Int64, parent"
            + " Int64, op String, name String, status String, segment Bool, "
            + columns("String")
            + ", texts Map(String, String), numbers Map(String, Float64), flags Map(String, Bool)");
    insert(
        engine,
        "texts",
        texts,
        "start Int64, trace_high Int64, trace_low Int64, id Int64, key String, body String");
    return rows > 0;
  }

  private static void insert(ClickHouse engine, String table, Path file, String structure) {
    engine.ask(
        "INSERT INTO %s SELECT * REPLACE (fromUnixTimestamp64Nano(start, 'UTC') AS start) FROM file('%s', RowBinary, '%s')"
            .formatted(table, file, structure));
  }

  private static void write(RowBinary row, RowBinary text, SpanData span) throws IOException {
    row.number(span.startNanos());
    row.fraction(span.durationNanos() / 1e6);
    ids(row, span);
    row.number(span.parentSpanId() == null ? 0 : Long.parseUnsignedLong(span.parentSpanId(), 16));
    row.text(String.valueOf(span.op()));
    row.text(span.name());
    row.text(span.status().code().name());
    row.flag(span.segment());
    for (String key : COLUMNS) {
      Object value = span.attributes().get(key);
      row.text(value == null ? "" : value.toString());
    }
    tail(row, text, span);
    row.endOfRow();
  }

  private static void ids(RowBinary row, SpanData span) {
    row.number(Long.parseUnsignedLong(span.traceId(), 0, 16, 16));
    row.number(Long.parseUnsignedLong(span.traceId(), 16, 32, 16));
    row.number(Long.parseUnsignedLong(span.spanId(), 16));
  }

  private static void tail(RowBinary row, RowBinary text, SpanData span) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, Boolean> flags = new LinkedHashMap<>();
    for (Map.Entry<String, Object> each : span.attributes().toMap().entrySet()) {
      switch (each.getValue()) {
        case Number number -> numbers.put(each.getKey(), number.doubleValue());
        case Boolean flag -> flags.put(each.getKey(), flag);
        case String value when value.length() > LONG_TEXT -> {
          text.number(span.startNanos());
          ids(text, span);
          text.text(each.getKey());
          text.text(value);
          text.endOfRow();
        }
        case Object value when !COLUMNS.contains(each.getKey()) ->
            texts.put(each.getKey(), value.toString());
        default -> {}
      }
    }
    row.texts(texts);
    row.fractions(numbers);
    row.flags(flags);
  }
}
