package io.onlooker.store.query;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Field;
import io.onlooker.store.Field.Attribute;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import io.onlooker.store.Group;
import io.onlooker.store.query.AggregateFilter.Relation;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Query trees as one line of text for the case files: {@code (and (= span.op "chat") (> @x 5))},
 * attributes behind an at-sign.
 */
final class TreeText {

  private TreeText() {}

  static String of(ParsedQuery query) {
    return Stream.concat(
            Stream.of(of(query.filter())),
            query.having().stream()
                .map(figure ->
                    "(having "
                        + figure.relation().sign()
                        + " "
                        + of(figure.aggregate())
                        + " "
                        + number(figure.value())
                        + ")"))
        .collect(Collectors.joining(" "));
  }

  static String of(Filter filter) {
    return switch (filter) {
      case Filter.And(var all) when all.isEmpty() -> "all";
      case Filter.And(var all) -> list("and", all.stream().map(TreeText::of));
      case Filter.Or(var any) -> list("or", any.stream().map(TreeText::of));
      case Filter.Not(Filter inner) -> "(not " + of(inner) + ")";
      case Filter.Has(Field field) -> "(has " + of(field) + ")";
      case Filter.Equal(Field field, var values) ->
          list("= " + of(field), values.stream().map(TreeText::of));
      case Filter.Compare(Field field, var comparison, double value) ->
          "("
              + Relation.valueOf(comparison.name()).sign()
              + " "
              + of(field)
              + " "
              + number(value)
              + ")";
      case Filter.Matches(Field field, Filter.Pattern pattern) ->
          list("~ " + of(field), pattern.pieces().stream().map(TreeText::text));
    };
  }

  static String of(Aggregate aggregate) {
    Field field = aggregate.field();
    Filter condition = aggregate.condition();
    return "("
        + aggregate.function().name().toLowerCase(Locale.ROOT)
        + (field == null ? "" : " " + of(field))
        + (condition == null ? "" : " " + of(condition))
        + ")";
  }

  static String of(Group group) {
    Double width = group.bucketWidth();
    return width == null
        ? of(group.field())
        : "(bucket " + of(group.field()) + " " + number(width) + ")";
  }

  private static String of(Field field) {
    return field instanceof Attribute(String key) ? "@" + key : field.label();
  }

  private static String of(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text(text);
      case Value.Number(double number) -> number(number);
      case Value.Flag(boolean flag) -> String.valueOf(flag);
    };
  }

  private static String list(String head, Stream<String> parts) {
    return Stream.concat(Stream.of(head), parts).collect(Collectors.joining(" ", "(", ")"));
  }

  private static String text(String text) {
    return "\"" + CaseFile.hidden(text) + "\"";
  }

  private static String number(double number) {
    String text = Double.toString(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
