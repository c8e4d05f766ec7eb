package io.onlooker.store.reference;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import io.onlooker.store.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Queries over {@link RandomSpans} that often take some of them, and not all. */
public final class RandomQueries {

  private static final Instant FROM = Spans.NOON.minusSeconds(60);
  private static final Instant TO = Spans.NOON.plusSeconds(2400);

  private final RandomGenerator random;

  public RandomQueries(RandomGenerator random) {
    this.random = random;
  }

  /** Any query at all that a store must answer. */
  public Query query() {
    List<Group> by = groups();
    List<Aggregate> aggregates =
        IntStream.range(0, 1 + random.nextInt(3)).mapToObj(this::aggregate).toList();
    return new Query(
        1,
        filter(3),
        aggregates,
        by,
        random.nextInt(4) == 0 ? FROM.plusSeconds(random.nextInt(1800)) : FROM,
        TO,
        random.nextInt(4) == 0 ? Duration.ofSeconds(random.nextInt(300, 900)) : null,
        sort(aggregates, by),
        random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1000,
        random.nextBoolean());
  }

  private List<Query.Sort> sort(List<Aggregate> aggregates, List<Group> by) {
    List<String> labels =
        Stream.concat(aggregates.stream().map(Aggregate::label), by.stream().map(Group::label))
            .toList();
    return random.nextBoolean()
        ? List.of()
        : IntStream.range(0, 1 + random.nextInt(2))
            .mapToObj(_ -> new Query.Sort(pick(labels), random.nextBoolean()))
            .toList();
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Field field = field();
      Double width = random.nextInt(3) == 0 ? pick(List.of(0.5, 5.0, 100.0, 1e5)) : null;
      groups.add(new Group("group " + i, field, width));
    }
    return groups;
  }

  private Aggregate aggregate(int number) {
    Function function = pick(List.of(Function.values()));
    Field field =
        switch (function) {
          case COUNT, ESTIMATE, FAILURE_RATE, PER_MINUTE, PER_SECOND -> null;
          case SHARE -> random.nextBoolean() ? field() : null;
          default -> field();
        };
    Filter condition = function == Function.SHARE || random.nextInt(4) == 0 ? filter(2) : null;
    return new Aggregate("figure " + number, function, field, condition);
  }

  /** Any filter of at most this depth. */
  public Filter filter(int depth) {
    return switch (depth > 0 ? random.nextInt(9) : 3 + random.nextInt(5)) {
      case 0 -> new Filter.And(some(depth));
      case 1 -> new Filter.Or(some(depth));
      case 2 -> new Filter.Not(filter(depth - 1));
      case 3 -> new Filter.Has(field());
      case 4, 5 -> new Filter.Equal(field(), values());
      case 6 -> new Filter.Compare(field(), pick(List.of(Filter.Comparison.values())), number());
      case 7 -> new Filter.Matches(field(), new Filter.Pattern(pieces()));
      default -> Filter.ALL;
    };
  }

  private List<Filter> some(int depth) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> filter(depth - 1)).toList();
  }

  private Field field() {
    return random.nextBoolean()
        ? pick(List.of(Field.Column.values()))
        : new Field.Attribute(pick(RandomSpans.KEYS));
  }

  private List<Value> values() {
    return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> value()).toList();
  }

  private Value value() {
    return switch (random.nextInt(4)) {
      case 0 -> new Value.Number(number());
      case 1 -> new Value.Flag(random.nextBoolean());
      default -> new Value.Text(text());
    };
  }

  private String text() {
    return switch (random.nextInt(6)) {
      case 0 -> pick(RandomSpans.OPS);
      case 1 -> pick(RandomSpans.NAMES);
      case 2 -> pick(RandomSpans.MESSAGES);
      case 3 -> pick(List.of("ok", "Error", "unset", Spans.trace(3), Spans.span(4), "00"));
      default -> pick(RandomSpans.TEXTS);
    };
  }

  private double number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(500);
      case 1 -> Spans.NOON.toEpochMilli() + random.nextInt(2_500_000);
      default -> pick(RandomSpans.NUMBERS);
    };
  }

  private List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      pieces.add(random.nextInt(3) == 0 ? "" : piece());
    }
    return pieces;
  }

  private String piece() {
    String text = text();
    int from =
        text.isEmpty()
            ? 0
            : text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
    return text.codePoints()
        .skip(text.codePointCount(0, from))
        .limit(1 + random.nextInt(3))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
