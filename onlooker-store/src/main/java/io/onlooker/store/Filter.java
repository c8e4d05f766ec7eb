package io.onlooker.store;

import java.util.List;

/**
 * Which spans a query takes: a tree that a parser builds and a store evaluates.
 *
 * <p>A filter takes a span or does not; there is no third answer. A test of a field that the span
 * does not have fails, so {@link Not} of that test takes the span.
 *
 * <p><b>Values of a field.</b> A field has no value, one, or several: an attribute that is a list
 * counts as each of its elements, however deep, and a test holds when it holds for one of them.
 * {@link Field.Column} says what each column's value is and when it has none.
 *
 * <p><b>Case.</b> Where text is said to match <i>in any case</i>, both sides are compared after
 * {@link Character#toLowerCase(int)} of each code point. All other text matches exactly.
 *
 * <p><b>Numeric text</b> is at most 40 characters long and nothing but a decimal number: digits,
 * perhaps with a sign, a point and an exponent, of a finite value.
 */
public sealed interface Filter {

  /** Takes every span. */
  Filter ALL = new And(List.of());

  /** Takes a span that all of these take; every span when there are none. */
  record And(List<Filter> all) implements Filter {
    public And {
      all = List.copyOf(all);
    }
  }

  /** Takes a span that one of these takes; no span when there are none. */
  record Or(List<Filter> any) implements Filter {
    public Or {
      any = List.copyOf(any);
    }
  }

  /** Takes exactly the spans that the other filter does not. */
  record Not(Filter filter) implements Filter {}

  /** The field has a value that is not empty text. */
  record Has(Field field) implements Filter {}

  /**
   * A value of the field equals one of these values, as {@link Value} says. The columns {@code OP},
   * {@code STATUS} and {@code STATUS_MESSAGE} match text in any case.
   */
  record Equal(Field field, List<Value> values) implements Filter {
    public Equal {
      values = List.copyOf(values);
    }
  }

  /**
   * A value of the field that is a number, or numeric text, compares so to this one. Other text and
   * booleans never do.
   *
   * @param value milliseconds for {@code DURATION}, milliseconds since 1970-01-01T00:00Z for {@code
   *     TIMESTAMP}, else in the sender's unit
   */
  record Compare(Field field, Comparison comparison, double value) implements Filter {}

  /**
   * A value of the field, as text, matches the pattern in any case. A boolean reads {@code true} or
   * {@code false}; a whole number its digits ({@code 200}); another number its shortest decimal
   * ({@code 0.25}), below 0.0001 and from 1e16 on with an exponent of two digits or more ({@code
   * 2.5e-05}).
   */
  record Matches(Field field, Pattern pattern) implements Filter {}

  enum Comparison {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** A literal of a query. */
  sealed interface Value {
    /** Equals the same text; never a number or a boolean. */
    record Text(String text) implements Value {}

    /** Equals the same number, and numeric text of the same value. */
    record Number(double number) implements Value {}

    /** Equals the same boolean, and the text {@code true} or {@code false} in any case. */
    record Flag(boolean flag) implements Value {}
  }

  /**
   * Pieces of text that must follow one another; between two of them anything may stand, or
   * nothing. The text begins with the first piece and ends with the last.
   *
   * @param pieces at least one; an empty first or last piece leaves that end open, so that {@code
   *     ["", "a", ""]} is found in any text with an a
   */
  record Pattern(List<String> pieces) {
    public Pattern {
      pieces = List.copyOf(pieces);
    }
  }
}
