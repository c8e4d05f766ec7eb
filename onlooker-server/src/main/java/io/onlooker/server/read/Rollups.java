package io.onlooker.server.read;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Filter;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Store;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rolled-up figures of spans: each table is one query that anybody could ask. */
public final class Rollups {

  private static final int MOST_NAMES = 10;

  private final Store store;
  private final int project;

  public Rollups(Store store, int project) {
    this.store = store;
    this.project = project;
  }

  /**
   * Some rows.
   *
   * @param leftOut what they do not show, in sentences for a person
   */
  public record Table(List<RollupRow> rows, List<String> leftOut) {

    public Table {
      rows = List.copyOf(rows);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * A span that took long.
   *
   * @param millis how long
   */
  public record Slow(String traceId, String spanId, double millis) {}

  /**
   * The rows of a table, those with most spans first.
   *
   * @param compared whether each is compared with the period before
   * @throws io.onlooker.store.query.QueryException when the rollup's query is none
   */
  public Table table(Rollup rollup, Period period, boolean compared, int limit) {
    Result now = store.aggregate(query(rollup, period, null, limit));
    Map<Object, Figures> before = new HashMap<>();
    if (compared) {
      Result earlier = store.aggregate(query(rollup, period.before(), null, 1000));
      earlier.rows().forEach(row -> before.put(key(row), figures(rollup, row)));
    }
    Map<String, Map<Object, List<String>>> names = names(rollup, period);
    List<RollupRow> rows = new ArrayList<>();
    for (List<@Nullable Object> row : now.rows()) {
      Map<String, List<String>> own = new LinkedHashMap<>();
      names.forEach((name, byKey) -> own.put(name, byKey.getOrDefault(key(row), List.of())));
      Object value = row.getFirst();
      rows.add(
          new RollupRow(
              value == null ? null : value.toString(),
              figures(rollup, row),
              before.get(key(row)),
              own));
    }
    return new Table(rows, now.leftOut());
  }

  /** The row of one name, or null when there is none in the period. */
  public @Nullable RollupRow row(Rollup rollup, String name, Period period, boolean compared) {
    Table table = table(rollup.where(term(rollup.by(), name)), period, compared, 1);
    return table.rows().isEmpty() ? null : table.rows().getFirst();
  }

  /** The figures of one name step by step; steps without spans are missing. */
  public List<Result.Point> series(Rollup rollup, String name, Period period, Duration step) {
    Rollup one = rollup.where(term(rollup.by(), name));
    List<Result.Series> series = store.aggregate(query(one, period, step, 1)).series();
    return series.isEmpty() ? List.of() : series.getFirst().points();
  }

  /** One figure of the largest groups step by step, in the order of the table by that figure. */
  public List<Result.Series> series(
      Rollup rollup, String figure, Period period, Duration step, int groups) {
    String aggregate = rollup.aggregate(figure);
    Rollup only =
        new Rollup(rollup.name(), rollup.q(), rollup.by(), Map.of(figure, aggregate), Map.of());
    return store.aggregate(query(only, period, step, groups)).series();
  }

  /** The spans of one name that took longest, longest first. */
  public List<Slow> slowest(Rollup rollup, String name, Period period, int limit) {
    Rollup one = rollup.where(term(rollup.by(), name));
    // Not every span becomes a group of its own: only those of the last hundredth can be among
    // the longest, when there are many.
    List<@Nullable Object> spread =
        asked(one.q(), period, List.of(), 1, "count()", "p99(span.duration)").getFirst();
    boolean many = number(spread.get(0)) > 100L * limit;
    Double high = spread.get(1) instanceof Number p99 ? p99.doubleValue() : null;
    String q = many && high != null ? one.q() + " span.duration:>=" + plain(high) : one.q();
    List<Slow> slow = new ArrayList<>();
    for (List<@Nullable Object> row :
        asked(q, period, List.of("trace", "id"), limit, "max(span.duration)")) {
      if (row.get(2) instanceof Number millis) {
        slow.add(
            new Slow(String.valueOf(row.get(0)), String.valueOf(row.get(1)), millis.doubleValue()));
      }
    }
    return slow;
  }

  /** The rows of any query that the language can say. */
  public List<List<@Nullable Object>> asked(
      String q, Period period, List<String> by, int limit, String... aggregates) {
    List<Aggregate> parsed = new ArrayList<>();
    for (String aggregate : aggregates) {
      parsed.add(AggregateParser.parse(aggregate, period.to()));
    }
    List<Group> groups = by.stream().map(GroupParser::parse).toList();
    Filter filter = QueryParser.parse(q, period.to());
    return store
        .aggregate(
            new Query(
                project,
                filter,
                parsed,
                groups,
                period.from(),
                period.to(),
                null,
                List.of(),
                limit))
        .rows();
  }

  private Query query(Rollup rollup, Period period, @Nullable Duration step, int limit) {
    List<Aggregate> aggregates =
        rollup.figures().values().stream()
            .map(text -> AggregateParser.parse(text, period.to()))
            .toList();
    return new Query(
        project,
        QueryParser.parse(rollup.q(), period.to()),
        aggregates,
        List.of(GroupParser.parse(rollup.by())),
        period.from(),
        period.to(),
        step,
        List.of(new Query.Sort(rollup.aggregate(rollup.first()), true)),
        limit);
  }

  private Map<String, Map<Object, List<String>>> names(Rollup rollup, Period period) {
    Map<String, Map<Object, List<String>>> names = new LinkedHashMap<>();
    rollup
        .with()
        .forEach((name, attribute) -> {
          Map<Object, List<String>> byKey = new HashMap<>();
          List<String> by = List.of(rollup.by(), attribute);
          for (List<@Nullable Object> row : asked(rollup.q(), period, by, 1000, "count()")) {
            Object value = row.get(1);
            List<String> known = byKey.computeIfAbsent(key(row), _ -> new ArrayList<>());
            if (value != null && known.size() < MOST_NAMES) {
              known.add(value.toString());
            }
          }
          names.put(name, byKey);
        });
    return names;
  }

  private static Figures figures(Rollup rollup, List<@Nullable Object> row) {
    return rollup.read(row.subList(1, row.size()));
  }

  private static Object key(List<@Nullable Object> row) {
    Object value = row.getFirst();
    return value == null ? "" : value;
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  private static String plain(double number) {
    return new java.math.BigDecimal(number)
        .setScale(6, java.math.RoundingMode.FLOOR)
        .toPlainString();
  }

  /** {@code key:"value"} as the query language writes it. */
  static String term(String key, String value) {
    return key + ":\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
