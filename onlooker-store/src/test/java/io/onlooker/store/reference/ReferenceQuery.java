package io.onlooker.store.reference;

import io.onlooker.SpanData;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Comparison;
import io.onlooker.store.Filter.Value;
import java.util.List;
import java.util.Locale;

/** Evaluates {@link Filter}s over spans in memory, to the letter of their Javadoc. */
public final class ReferenceQuery {

  private ReferenceQuery() {}

  /** The spans that the filter takes, in their order. */
  public static List<SpanData> find(Filter filter, List<SpanData> spans) {
    return spans.stream().filter(span -> takes(filter, span)).toList();
  }

  public static boolean takes(Filter filter, SpanData span) {
    return switch (filter) {
      case Filter.And(var all) -> all.stream().allMatch(part -> takes(part, span));
      case Filter.Or(var any) -> any.stream().anyMatch(part -> takes(part, span));
      case Filter.Not(var other) -> !takes(other, span);
      case Filter.Has(var field) ->
          FieldValues.of(field, span).stream().anyMatch(value -> !value.equals(""));
      case Filter.Equal(var field, var values) ->
          FieldValues.of(field, span).stream()
              .anyMatch(actual ->
                  values.stream()
                      .anyMatch(value -> equal(actual, value, FieldValues.anyCase(field))));
      case Filter.Compare(var field, var comparison, double value) ->
          FieldValues.numbers(field, span).stream()
              .anyMatch(actual -> compares(actual, comparison, value));
      case Filter.Matches(var field, var pattern) ->
          FieldValues.of(field, span).stream()
              .anyMatch(actual -> matches(fold(FieldValues.text(actual)), pattern.pieces()));
    };
  }

  private static boolean equal(Object actual, Value value, boolean anyCase) {
    return switch (value) {
      case Value.Text(String text) ->
          actual instanceof String other
              && (anyCase ? fold(other).equals(fold(text)) : other.equals(text));
      case Value.Number(double number) -> FieldValues.isNumber(actual, number);
      case Value.Flag(boolean flag) ->
          actual instanceof String other
              ? fold(other).equals(String.valueOf(flag))
              : actual.equals(flag);
    };
  }

  private static boolean compares(double actual, Comparison comparison, double value) {
    return switch (comparison) {
      case LESS -> actual < value;
      case LESS_OR_EQUAL -> actual <= value;
      case GREATER -> actual > value;
      case GREATER_OR_EQUAL -> actual >= value;
    };
  }

  /** Takes each piece at its first place; the last must fit at the end behind them. */
  private static boolean matches(String text, List<String> pieces) {
    if (pieces.size() == 1) {
      return text.equals(fold(pieces.getFirst()));
    }
    String first = fold(pieces.getFirst());
    if (!text.startsWith(first)) {
      return false;
    }
    int at = first.length();
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      String folded = fold(piece);
      int found = text.indexOf(folded, at);
      if (found < 0) {
        return false;
      }
      at = found + folded.length();
    }
    String last = fold(pieces.getLast());
    return text.length() - last.length() >= at && text.endsWith(last);
  }

  private static String fold(String text) {
    int[] folded = text.codePoints().map(Character::toLowerCase).toArray();
    return new String(folded, 0, folded.length);
  }

  /** The status as a query names it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
