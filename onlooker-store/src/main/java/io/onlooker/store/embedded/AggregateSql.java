package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;

/** Renders aggregates as expressions over the relation {@code spans}. */
final class AggregateSql {

  private final FieldSql fields;

  AggregateSql(FieldSql fields) {
    this.fields = fields;
  }

  /** Whether the engine must keep every value of a group to compute it. */
  static boolean keepsValues(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT_UNIQUE, P50, P75, P90, P95, P99 -> true;
      default -> false;
    };
  }

  /**
   * @param seconds the length of time the spans come from, for the rates
   */
  Sql expression(Aggregate aggregate, double seconds) {
    return switch (aggregate.function()) {
      case COUNT -> filtered(counted(aggregate), aggregate);
      case COUNT_UNIQUE ->
          filtered("count(DISTINCT " + fields.text(field(aggregate)) + ")", aggregate);
      case SUM -> numbers("sum(%s)", aggregate);
      case AVG -> numbers("avg(%s)", aggregate);
      case MIN -> numbers("min(%s)", aggregate);
      case MAX, P100 -> numbers("max(%s)", aggregate);
      case P50 -> numbers("quantile_cont(%s, 0.5)", aggregate);
      case P75 -> numbers("quantile_cont(%s, 0.75)", aggregate);
      case P90 -> numbers("quantile_cont(%s, 0.9)", aggregate);
      case P95 -> numbers("quantile_cont(%s, 0.95)", aggregate);
      case P99 -> numbers("quantile_cont(%s, 0.99)", aggregate);
      case FAILURE_RATE ->
          filtered(
              "avg((" + fields.text(Field.Column.STATUS) + " = 'error')::INT::DOUBLE)", aggregate);
      case SHARE -> share(aggregate);
      case PER_MINUTE -> rate(aggregate, seconds / 60);
      case PER_SECOND -> rate(aggregate, seconds);
    };
  }

  private Sql share(Aggregate aggregate) {
    Filter condition = requireNonNull(aggregate.condition(), "condition of " + aggregate.label());
    return Sql.of("avg(coalesce((")
        .add(new FilterSql(fields).condition(condition))
        .add("), FALSE)::INT::DOUBLE)");
  }

  private String counted(Aggregate aggregate) {
    Field field = aggregate.field();
    return field == null ? "count(*)" : "count(" + fields.text(field) + ")";
  }

  private Sql rate(Aggregate aggregate, double units) {
    return Sql.of("(").add(filtered("count(*)", aggregate)).add(" / ").bind(units).add(")");
  }

  private Sql numbers(String template, Aggregate aggregate) {
    return filtered(template.formatted(fields.number(field(aggregate))), aggregate);
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
