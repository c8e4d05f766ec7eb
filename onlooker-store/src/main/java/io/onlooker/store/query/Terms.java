package io.onlooker.store.query;

import io.onlooker.store.Field;
import io.onlooker.store.Field.Column;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Comparison;
import io.onlooker.store.Filter.Value;
import io.onlooker.store.query.AggregateFilter.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns one term of a query, a field with its values, into a filter. */
final class Terms {

  private final QueryReader reader;
  private final Instant now;

  Terms(QueryReader reader, Instant now) {
    this.reader = reader;
    this.now = now;
  }

  Filter filter(NamedField field, Relation relation, List<Literal> literals) {
    return switch (relation) {
      case EQUAL -> equal(field, literals);
      case NOT_EQUAL -> FilterTree.not(equal(field, literals));
      case LESS -> compare(field, Comparison.LESS, literals);
      case LESS_OR_EQUAL -> compare(field, Comparison.LESS_OR_EQUAL, literals);
      case GREATER -> compare(field, Comparison.GREATER, literals);
      case GREATER_OR_EQUAL -> compare(field, Comparison.GREATER_OR_EQUAL, literals);
    };
  }

  /** Text found anywhere in the name. */
  static Filter text(Literal literal) {
    return literal.isAnything()
        ? new Filter.Has(Column.NAME)
        : new Filter.Matches(Column.NAME, literal.openAtBothEnds().pattern());
  }

  private Filter equal(NamedField field, List<Literal> literals) {
    List<Filter> any = new ArrayList<>();
    Map<Field, List<Value>> values = new LinkedHashMap<>();
    for (Literal literal : literals) {
      Filter special = special(field, literal);
      if (special != null) {
        any.add(special);
      } else {
        Field target = isMessage(field, literal) ? Column.STATUS_MESSAGE : field.field();
        values.computeIfAbsent(target, _ -> new ArrayList<>()).addAll(values(field, literal));
      }
    }
    values.forEach((target, these) -> any.add(new Filter.Equal(target, these)));
    return FilterTree.or(any);
  }

  /** What is asked for without naming values; null when the literal is one. */
  private @Nullable Filter special(NamedField field, Literal literal) {
    if (literal.isEmpty()) {
      return new Filter.Not(new Filter.Has(field.field()));
    }
    if (literal.isAnything()) {
      return new Filter.Has(field.field());
    }
    if (literal.hasWildcard()) {
      return matches(field, literal);
    }
    return field.kind() == Kind.TIME ? during(field, literal) : null;
  }

  private Filter matches(NamedField field, Literal literal) {
    if (!field.kind().takesWildcards()) {
      throw unfit(field, literal);
    }
    Filter matches = new Filter.Matches(field.field(), literal.pattern());
    return field.kind() == Kind.STATUS
        ? new Filter.Or(
            List.of(matches, new Filter.Matches(Column.STATUS_MESSAGE, literal.pattern())))
        : matches;
  }

  /** A status beyond the four that every dialect is reduced to is the sender's own wording. */
  private static boolean isMessage(NamedField field, Literal literal) {
    return field.kind() == Kind.STATUS && !Values.STATUSES.contains(Values.status(literal.text()));
  }

  private List<Value> values(NamedField field, Literal literal) {
    List<Value> values = Values.read(literal, field.kind());
    if (values == null) {
      throw unfit(field, literal);
    }
    return values;
  }

  private Filter during(NamedField field, Literal literal) {
    String text = literal.text();
    Double ago = isRelative(text) ? Moment.ago(text.substring(1), now) : null;
    if (ago != null) {
      boolean within = text.charAt(0) == '-';
      return new Filter.Compare(
          field.field(), within ? Comparison.GREATER_OR_EQUAL : Comparison.LESS_OR_EQUAL, ago);
    }
    Moment moment = Moment.read(text);
    if (moment == null) {
      return new Filter.Equal(field.field(), List.of(new Value.Number(millis(field, literal))));
    }
    return new Filter.And(
        List.of(
            new Filter.Compare(field.field(), Comparison.GREATER_OR_EQUAL, moment.from()),
            new Filter.Compare(field.field(), Comparison.LESS, moment.until())));
  }

  private Filter compare(NamedField field, Comparison comparison, List<Literal> literals) {
    Literal literal = literals.getFirst();
    if (literals.size() > 1 || !field.kind().isOrdered()) {
      throw reader.failure(
          field.name()
              + ": "
              + QueryException.shown(literal.text())
              + " (expected: without a comparison; this is "
              + (literals.size() > 1 ? "a list" : field.kind().expected())
              + ")",
          literal.position());
    }
    double value = field.kind() == Kind.TIME ? instant(field, literal) : number(field, literal);
    return new Filter.Compare(field.field(), comparison, value);
  }

  private double number(NamedField field, Literal literal) {
    Double number = Quantity.read(literal.text(), field.kind());
    if (number == null) {
      throw unfit(field, literal);
    }
    return number;
  }

  private double instant(NamedField field, Literal literal) {
    String text = literal.text();
    Double ago = text.startsWith("-") ? Moment.ago(text.substring(1), now) : null;
    if (ago != null) {
      return ago;
    }
    Moment moment = Moment.read(text);
    return moment == null ? millis(field, literal) : moment.from();
  }

  private double millis(NamedField field, Literal literal) {
    if (isRelative(literal.text())) {
      throw unfit(field, literal);
    }
    return number(field, literal);
  }

  private static boolean isRelative(String text) {
    return text.startsWith("-") || text.startsWith("+");
  }

  private QueryException unfit(NamedField field, Literal literal) {
    String text = literal.text();
    return reader.failure(
        field.name()
            + ": "
            + QueryException.shown(text)
            + " (expected: "
            + field.kind().expected()
            + ")",
        literal.position(),
        field.kind() == Kind.SESSION_STATUS
            ? Spelling.closest(text, Values.SESSION_STATUSES)
            : null);
  }
}
