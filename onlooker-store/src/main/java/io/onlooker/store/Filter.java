package io.onlooker.store;

import java.util.List;

/** Which spans a query takes: a tree that a parser builds and a store evaluates. */
public sealed interface Filter {

  /** Takes every span. */
  Filter ALL = new And(List.of());

  record And(List<Filter> all) implements Filter {}

  record Or(List<Filter> any) implements Filter {}

  record Not(Filter filter) implements Filter {}

  /** The span has the field, and it is not empty text. */
  record Has(Field field) implements Filter {}

  /** The field has one of the values; text matches case-insensitively, a number by its value. */
  record Equal(Field field, List<Value> values) implements Filter {}

  /** The field, as a number or a time, compares so to the value. */
  record Compare(Field field, Comparison comparison, double value) implements Filter {}

  /** The field as text matches the pattern. */
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
