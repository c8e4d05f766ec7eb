package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import java.util.List;

/** Renders aggregates as expressions over the relation {@code spans}. */
final class AggregateSql {

  private final FieldSql fields;
  private final List<Aggregate> all;

  /**
   * @param all that one statement computes; several percentiles of the same numbers become one
   */
  AggregateSql(FieldSql fields, List<Aggregate> all) {
    this.fields = fields;
    this.all = all;
  }

  /** Whether the engine must keep every value of a group to compute it. */
  static boolean keepsValues(Aggregate aggregate) {
    return aggregate.function() == Function.COUNT_UNIQUE || isPercentile(aggregate.function());
  }

  /**
   * @param seconds the length of time the spans come from, for the rates
   */
  Sql expression(Aggregate aggregate, double seconds) {
    return switch (aggregate.function()) {
      case COUNT -> filtered("count(*)", aggregate);
      case ESTIMATE -> estimate(aggregate);
      case COUNT_UNIQUE -> unique(aggregate);
      case SUM -> numbers("sum", aggregate);
      case AVG -> numbers("avg", aggregate);
      case MIN -> numbers("min", aggregate);
      case MAX, P100 -> numbers("max", aggregate);
      case P50, P75, P90, P95, P99 -> quantile(aggregate);
      case FAILURE_RATE ->
          filtered(
              "avg((" + fields.column(SpanColumn.STATUS) + " = 'error')::INT::DOUBLE)", aggregate);
      case SHARE -> share(aggregate);
      case PER_MINUTE -> rate(aggregate, seconds / 60);
      case PER_SECOND -> rate(aggregate, seconds);
    };
  }

  private Sql estimate(Aggregate aggregate) {
    String weight = fields.value(new Field.Attribute(Aggregate.SAMPLE_WEIGHT)).number();
    return Sql.of("coalesce(")
        .add(filtered("sum(coalesce(" + weight + ", 1.0))", aggregate))
        .add(", 0.0)");
  }

  private Sql share(Aggregate aggregate) {
    Filter condition = requireNonNull(aggregate.condition(), "condition of " + aggregate.label());
    Sql share =
        Sql.of("avg(coalesce((")
            .add(new FilterSql(fields).condition(condition))
            .add("), FALSE)::INT::DOUBLE)");
    Field of = aggregate.field();
    return of == null
        ? share
        : share
            .add(" FILTER (WHERE ")
            .add(new FilterSql(fields).condition(new Filter.Has(of)))
            .add(")");
  }

  /** Each kind of its own, so that texts are counted as they stand. */
  private Sql unique(Aggregate aggregate) {
    Field field = field(aggregate);
    String all = fields.all(field, ValueSql::distinct);
    if (all != null) {
      return Sql.of("coalesce(len(list_distinct(flatten(")
          .add(filtered("list(" + all + ")", aggregate))
          .add("))), 0)");
    }
    return FilterSql.joined(
        fields.value(field).typed(),
        " + ",
        "0",
        typed -> filtered("count(DISTINCT " + typed.sql() + ")", aggregate));
  }

  private Sql rate(Aggregate aggregate, double units) {
    return Sql.of("(").add(filtered("count(*)", aggregate)).add(" / ").bind(units).add(")");
  }

  private Sql numbers(String function, Aggregate aggregate) {
    return figure(function + "(%s)", "'" + function + "'", aggregate);
  }

  /** The engine sorts the numbers once for a list of percentiles, whoever asks for one of it. */
  private Sql quantile(Aggregate aggregate) {
    String part = part(aggregate.function());
    List<String> parts = parts(aggregate);
    String call =
        parts.size() < 2
            ? "quantile_cont(%s, " + part + ")"
            : "quantile_cont(%s, " + parts + ")[" + (parts.indexOf(part) + 1) + "]";
    return figure(call, "'quantile_cont', " + part, aggregate);
  }

  /** All percentiles of the same numbers; none where a condition with bound values narrows them. */
  private List<String> parts(Aggregate aggregate) {
    return aggregate.condition() != null
        ? List.of()
        : all.stream()
            .filter(other -> other.condition() == null && isPercentile(other.function()))
            .filter(other -> field(other).equals(field(aggregate)))
            .map(other -> part(other.function()))
            .distinct()
            .sorted()
            .toList();
  }

  private static boolean isPercentile(Function function) {
    return switch (function) {
      case P50, P75, P90, P95, P99 -> true;
      default -> false;
    };
  }

  private static String part(Function function) {
    return "0." + function.name().substring(1);
  }

  /**
   * @param call for one number a span
   * @param ofList the same function's name and argument for all elements of lists together
   */
  private Sql figure(String call, String ofList, Aggregate aggregate) {
    Field field = field(aggregate);
    if (field == Field.Column.DURATION) {
      // The engine is faster with whole numbers, and divides once a group.
      String nanos = fields.column(SpanColumn.DURATION_NANOS);
      return filtered(call.formatted(nanos), aggregate).add(" / 1e6");
    }
    String all = fields.all(field, ValueSql::number);
    return all == null
        ? filtered(call.formatted(fields.value(field).number()), aggregate)
        : Sql.of("list_aggregate(flatten(")
            .add(filtered("list(" + all + ")", aggregate))
            .add("), " + ofList + ")");
  }

  private Sql filtered(String call, Aggregate aggregate) {
    Sql sql = Sql.of(call);
    return aggregate.condition() == null
        ? sql
        : sql.add(" FILTER (WHERE ")
            .add(new FilterSql(fields).condition(aggregate.condition()))
            .add(")");
  }

  private static Field field(Aggregate aggregate) {
    Field field = aggregate.field();
    return field == null ? Field.Column.DURATION : field;
  }
}
