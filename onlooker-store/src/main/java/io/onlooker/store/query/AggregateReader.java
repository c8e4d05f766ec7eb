package io.onlooker.store.query;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Field;
import io.onlooker.store.Field.Column;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import io.onlooker.store.query.FunctionTable.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one call of an aggregate function. */
final class AggregateReader {

  /**
   * An aggregate, and how its figures are written.
   *
   * @param kind {@link Kind#NUMBER} for a count, a share or a rate, else the kind of its field
   */
  record Figure(Aggregate aggregate, Kind kind) {}

  private static final NamedField DURATION =
      new NamedField("span.duration", Column.DURATION, Kind.DURATION);

  private static final NamedField STATUS =
      new NamedField("span.status", Column.STATUS, Kind.STATUS);

  /** As today's conventions name it. */
  private static final NamedField HTTP_STATUS =
      new NamedField(
          "http.response.status_code", new Field.Attribute("http.response.status_code"), Kind.ANY);

  private static final NamedField CACHE_HIT =
      new NamedField("cache.hit", new Field.Attribute("cache.hit"), Kind.ANY);

  private final QueryReader reader;
  private final FieldReader fields;
  private final Instant now;

  AggregateReader(QueryReader reader, Instant now) {
    this.reader = reader;
    this.fields = new FieldReader(reader, Vocabulary.SPANS);
    this.now = now;
  }

  Figure read() {
    int start = reader.position();
    String written = reader.name();
    String name = written.toLowerCase(Locale.ROOT);
    Entry entry = FunctionTable.find(name);
    if (entry == null) {
      throw unknown(written, start);
    }
    if (!reader.take('(')) {
      throw reader.failure(
          written + " (expected: parentheses behind it)", reader.position(), name + "()");
    }
    Parts parts = parts(entry, FunctionTable.isConditional(name), written);
    reader.skipSpaces();
    if (!reader.take(')')) {
      throw reader.failure(written + "(: no end (expected: a closing parenthesis)", start);
    }
    return figure(reader.textFrom(start), entry, parts);
  }

  private record Parts(@Nullable NamedField field, @Nullable Filter condition) {}

  private Parts parts(Entry entry, boolean conditional, String name) {
    reader.skipSpaces();
    return switch (entry.arguments()) {
      case NOTHING -> new Parts(null, conditional ? condition() : null);
      case FIELD_OR_NOTHING -> conditional ? new Parts(null, condition()) : countedField();
      case FIELD -> withCondition(fields.read(), conditional, name);
      case NUMBERS ->
          withCondition(!conditional && reader.sees(')') ? DURATION : numbers(), conditional, name);
      case FILTER -> new Parts(null, condition());
      case OP -> new Parts(null, op());
      case HTTP_CLASS -> new Parts(HTTP_STATUS, httpClass());
      case STATUS -> new Parts(null, status());
      case CACHE -> new Parts(CACHE_HIT, equal(CACHE_HIT, word("false")));
      case FAILURES -> new Parts(null, equal(STATUS, word("error")));
    };
  }

  private Parts countedField() {
    return reader.sees(')')
        ? new Parts(null, null)
        : new Parts(null, new Filter.Has(fields.read().field()));
  }

  private NamedField numbers() {
    int start = reader.position();
    NamedField field = fields.read();
    if (!field.kind().isOrdered()) {
      throw reader.failure(
          "field: " + QueryException.shown(field.name()) + " (expected: one with numbers)", start);
    }
    return field;
  }

  private Parts withCondition(NamedField field, boolean conditional, String name) {
    if (!conditional) {
      return new Parts(field, null);
    }
    reader.skipSpaces();
    if (!reader.take(',')) {
      throw reader.failure(
          name + "(: no filter (expected: " + name + "(field, filter))", reader.position());
    }
    return new Parts(field, condition());
  }

  private Filter condition() {
    reader.enter();
    Filter condition = QueryParser.condition(reader, now);
    reader.leave();
    return condition;
  }

  private Filter op() {
    Literal literal = reader.literal("");
    if (literal.isEmpty() || literal.hasWildcard()) {
      throw reader.failure(
          "op: " + QueryException.shown(literal.text()) + " (expected: one such as queue.publish)",
          literal.position());
    }
    return new Filter.Equal(Column.OP, List.of(new Value.Text(literal.text())));
  }

  /** Of spans with an HTTP status, those whose status begins with this digit. */
  private Filter httpClass() {
    Literal literal = reader.literal("");
    String digit = literal.text();
    if (digit.length() != 1 || digit.charAt(0) < '1' || digit.charAt(0) > '5') {
      throw reader.failure(
          "class: " + QueryException.shown(digit) + " (expected: 1 to 5, as 5 for 500 to 599)",
          literal.position());
    }
    double first = 100.0 * (digit.charAt(0) - '0');
    Field field = HTTP_STATUS.field();
    return new Filter.And(
        List.of(
            new Filter.Compare(field, Filter.Comparison.GREATER_OR_EQUAL, first),
            new Filter.Compare(field, Filter.Comparison.LESS, first + 100)));
  }

  private Filter status() {
    Literal literal = reader.literal("");
    if (literal.isEmpty()) {
      throw reader.failure("no status (expected: one such as error)", literal.position());
    }
    return equal(STATUS, literal);
  }

  private Filter equal(NamedField field, Literal literal) {
    return new Terms(reader, now).filter(field, AggregateFilter.Relation.EQUAL, List.of(literal));
  }

  private Literal word(String text) {
    return new Literal(List.of(text), false, reader.position());
  }

  private static Figure figure(String label, Entry entry, Parts parts) {
    NamedField named = parts.field();
    Field field = named == null ? null : named.field();
    Aggregate aggregate = new Aggregate(label, entry.function(), field, parts.condition());
    return new Figure(
        aggregate, named == null || isPlain(entry.function()) ? Kind.NUMBER : named.kind());
  }

  /** Whether its figures have no unit of a field's. */
  private static boolean isPlain(Function function) {
    return function == Function.COUNT_UNIQUE || function == Function.SHARE;
  }

  private QueryException unknown(String name, int start) {
    return reader.failure(
        "function: "
            + QueryException.shown(name)
            + " (expected: one of "
            + String.join(", ", FunctionTable.names())
            + ")",
        start,
        FunctionTable.meant(name.toLowerCase(Locale.ROOT)));
  }
}
