package io.onlooker.store.reference;

import io.onlooker.SpanData;
import io.onlooker.store.Aggregate;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers a {@link Query} over spans in memory: all its rows, and the points of each. */
public final class ReferenceRows {

  private static final Comparator<@Nullable Object> BY_VALUE =
      Comparator.<@Nullable Object>comparingInt(ReferenceRows::rank)
          .thenComparing(ReferenceRows::compare);

  private final Query query;
  private final List<SpanData> spans;

  /** A row without regard to the limit. */
  public record Row(
      List<@Nullable Object> group,
      List<@Nullable Double> figures,
      Map<Instant, List<@Nullable Double>> points) {}

  public ReferenceRows(Query query, List<SpanData> all) {
    this.query = query;
    spans =
        ReferenceQuery.find(query.filter(), all).stream()
            .filter(span -> nanos(query.from()) <= span.startNanos())
            .filter(span -> span.startNanos() < nanos(query.to()))
            .toList();
  }

  /** The rows in their order. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    if (query.by().isEmpty()) {
      rows.add(row(List.of(), spans));
    } else {
      ReferenceAggregate.groups(query.by(), spans).forEach((group, of) -> rows.add(row(group, of)));
    }
    rows.sort(order());
    return rows;
  }

  /** All groups together but these; a span counts in each that it is in. */
  public Row others(Set<List<@Nullable Object>> shown) {
    List<SpanData> others = new ArrayList<>();
    ReferenceAggregate.groups(query.by(), spans)
        .forEach((group, of) -> {
          if (!shown.contains(group)) {
            others.addAll(of);
          }
        });
    return row(List.of(), others);
  }

  private Row row(List<@Nullable Object> group, List<SpanData> of) {
    return new Row(group, figures(of, Duration.between(query.from(), query.to())), points(of));
  }

  private List<@Nullable Double> figures(List<SpanData> of, Duration range) {
    List<@Nullable Double> figures = new ArrayList<>();
    for (Aggregate aggregate : query.aggregates()) {
      figures.add(ReferenceAggregate.figure(aggregate, of, range));
    }
    return figures;
  }

  private Map<Instant, List<@Nullable Double>> points(List<SpanData> of) {
    Map<Instant, List<@Nullable Double>> points = new TreeMap<>();
    Duration step = query.step();
    if (step != null) {
      Map<Long, List<SpanData>> steps = new TreeMap<>();
      for (SpanData span : of) {
        long start = Math.floorDiv(span.startNanos(), step.toNanos()) * step.toNanos();
        steps.computeIfAbsent(start, _ -> new ArrayList<>()).add(span);
      }
      steps.forEach(
          (start, some) -> points.put(Instant.EPOCH.plusNanos(start), figures(some, step)));
    }
    return points;
  }

  /** Values that a row is sorted by, in order of their weight, but for the groups. */
  public List<@Nullable Object> sorted(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    sorts().forEach(sort -> values.add(value(sort.label(), row)));
    return values;
  }

  private List<Query.Sort> sorts() {
    return query.sort().isEmpty()
        ? List.of(new Query.Sort(query.aggregates().getFirst().label(), true))
        : query.sort();
  }

  private @Nullable Object value(String label, Row row) {
    int figure = query.aggregates().stream().map(Aggregate::label).toList().indexOf(label);
    return figure >= 0
        ? row.figures().get(figure)
        : row.group().get(query.by().stream().map(Group::label).toList().indexOf(label));
  }

  private Comparator<Row> order() {
    Comparator<Row> order = (_, _) -> 0;
    for (Query.Sort sort : sorts()) {
      order = order.thenComparing(row -> value(sort.label(), row), directed(sort.descending()));
    }
    for (int i = 0; i < query.by().size(); i++) {
      int group = i;
      order = order.thenComparing(row -> row.group().get(group), directed(false));
    }
    return order;
  }

  private static Comparator<@Nullable Object> directed(boolean descending) {
    return descending
        ? Comparator.<@Nullable Object>comparingInt(ReferenceRows::rank)
            .thenComparing((a, b) -> compare(b, a))
        : BY_VALUE;
  }

  /** Texts before numbers, these before booleans, and nothing last. */
  private static int rank(@Nullable Object value) {
    return switch (value) {
      case null -> 3;
      case String _ -> 0;
      case Number _ -> 1;
      default -> 2;
    };
  }

  /** Of two values of one rank. */
  private static int compare(@Nullable Object a, @Nullable Object b) {
    return switch (a) {
      case null -> 0;
      case String text -> compare(text, String.valueOf(b));
      case Number number when b instanceof Number other ->
          Double.compare(number.doubleValue(), other.doubleValue());
      default -> Boolean.compare(a.equals(true), Boolean.TRUE.equals(b));
    };
  }

  /** By code points. */
  private static int compare(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
