package io.onlooker.store;

import java.util.List;

/**
 * Which spans a query takes: a tree that a parser builds and a store evaluates.
 *
 * <p>Letters of either case are the same in ops, statuses and patterns, and in ids, which are
 * hexadecimal; names, status messages and attribute values are compared exactly. A span without the
 * field matches nothing but a {@link Not}.
 */
public sealed interface Filter {

  /** Takes every span. */
  Filter ALL = new And(List.of());

  record And(List<Filter> all) implements Filter {}

  record Or(List<Filter> any) implements Filter {}

  record Not(Filter filter) implements Filter {}

  /** The span has the field, and it is not empty text. */
  record Has(Field field) implements Filter {}

  /**
   * The field has one of the values.
   *
   * <p>Values meet across kinds: a number equals text that spells it, and so does a truth value;
   * true and false are also spelled 1 and 0.
   */
  record Equal(Field field, List<Value> values) implements Filter {}

  /**
   * The field as a number compares so to the value: durations in milliseconds, times in
   * milliseconds since 1970-01-01T00:00Z, numeric text by its value; other text never.
   */
  record Compare(Field field, Comparison comparison, double value) implements Filter {}

  /** The whole field, as text, matches the pattern, whatever the case of letters. */
  record Matches(Field field, Pattern pattern) implements Filter {}

  enum Comparison {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** A literal of a query. */
  sealed interface Value {
    record Text(String text) implements Value {}

    record Number(double number) implements Value {}

    record Flag(boolean flag) implements Value {}
  }

  /**
   * Pieces of text that must follow one another; between two of them anything may stand.
   *
   * @param pieces at least one; an empty first or last piece leaves that end open
   */
  record Pattern(List<String> pieces) {}
}
