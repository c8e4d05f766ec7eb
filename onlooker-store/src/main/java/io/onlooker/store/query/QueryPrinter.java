package io.onlooker.store.query;

import io.onlooker.store.Field;
import io.onlooker.store.Field.Attribute;
import io.onlooker.store.Field.Column;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Comparison;
import io.onlooker.store.Filter.Value;
import io.onlooker.store.query.AggregateFilter.Relation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes filters as query text, in one canonical form: {@link QueryParser} reads the same filter
 * again from it, if it was one of a parser's making; for any other one that takes the same spans,
 * as far as the language can say it.
 */
public final class QueryPrinter {

  /** Every span and every session has a trace. */
  private static final String ALWAYS = "has:trace";

  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Nd}_.-]+");

  private final Vocabulary vocabulary;

  private QueryPrinter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Writes a filter over spans; {@link Filter#ALL} is empty text. */
  public static String print(Filter filter) {
    return new QueryPrinter(Vocabulary.SPANS).query(filter);
  }

  /** Writes a filter over sessions; {@link Filter#ALL} is empty text. */
  public static String printSessions(Filter filter) {
    return new QueryPrinter(Vocabulary.SESSIONS).query(filter);
  }

  /** Writes a query over spans with both its parts. */
  public static String print(ParsedQuery query) {
    String filter = print(query.filter());
    boolean alternatives = query.filter() instanceof Filter.Or && !query.having().isEmpty();
    StringBuilder text = new StringBuilder(alternatives ? "(" + filter + ")" : filter);
    for (AggregateFilter figure : query.having()) {
      text.append(text.isEmpty() ? "" : " ")
          .append(figure.aggregate().label())
          .append(':')
          .append(figure.relation().sign())
          .append(ValuePrinter.number(figure.value()));
    }
    return text.toString();
  }

  private String query(Filter filter) {
    Filter normal = FilterTree.normal(filter);
    return normal.equals(Filter.ALL) ? "" : term(normal);
  }

  private String term(Filter filter) {
    return switch (filter) {
      case Filter.And(var all) when all.isEmpty() -> ALWAYS;
      case Filter.And(var all) ->
          all.stream()
              .map(part -> part instanceof Filter.Or ? grouped(part) : term(part))
              .collect(Collectors.joining(" "));
      case Filter.Or(var any) when any.isEmpty() -> "!" + ALWAYS;
      case Filter.Or(var any) -> any.stream().map(this::term).collect(Collectors.joining(" OR "));
      case Filter.Not(Filter inner) -> "!" + grouped(inner);
      case Filter.Has(Field field) -> "has:" + name(field);
      case Filter.Equal(Field field, var values) -> equal(field, values);
      case Filter.Compare(Field field, Comparison comparison, double value) ->
          compare(field, comparison, value);
      case Filter.Matches(Field field, Filter.Pattern pattern) -> matches(field, pattern.pieces());
    };
  }

  private String grouped(Filter filter) {
    boolean joined =
        switch (filter) {
          case Filter.And(var all) -> !all.isEmpty();
          case Filter.Or(var any) -> !any.isEmpty();
          default -> false;
        };
    return joined ? "(" + term(filter) + ")" : term(filter);
  }

  private String equal(Field field, List<Value> values) {
    if (values.isEmpty()) {
      return "!" + ALWAYS;
    }
    String plain = ValuePrinter.values(values, kind(field));
    if (plain != null) {
      return name(field) + ":" + plain;
    }
    String numbers = ValuePrinter.values(values, Kind.NUMBER);
    if (numbers != null) {
      return numberName(field) + ":" + numbers;
    }
    return values.stream()
        .map(value -> name(field) + ":" + bestEffort(value))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static String bestEffort(Value value) {
    return switch (value) {
      case Value.Text(String text) -> ValuePrinter.quoted(List.of(text));
      case Value.Number(double number) -> ValuePrinter.number(number);
      case Value.Flag(boolean flag) -> String.valueOf(flag);
    };
  }

  private String compare(Field field, Comparison comparison, double value) {
    Kind kind = kind(field);
    String name = kind.isOrdered() ? name(field) : numberName(field);
    return name + ":" + sign(comparison) + ValuePrinter.compared(value, kind);
  }

  private static String sign(Comparison comparison) {
    return Relation.valueOf(comparison.name()).sign();
  }

  private String matches(Field field, List<String> pieces) {
    boolean anywhere =
        pieces.size() > 2 && pieces.getFirst().isEmpty() && pieces.getLast().isEmpty();
    return field == Column.NAME && anywhere
        ? ValuePrinter.text(pieces.subList(1, pieces.size() - 1))
        : name(field) + ":" + ValuePrinter.pattern(pieces);
  }

  private Kind kind(Field field) {
    NamedField named = vocabulary.nameOf(field);
    return named == null ? Kind.TEXT : named.kind();
  }

  private String name(Field field) {
    NamedField named = vocabulary.nameOf(field);
    String name = named == null ? field.label() : named.name();
    if (!isKey(name)) {
      return ValuePrinter.quoted(List.of(name));
    }
    NamedField read = vocabulary.field(name);
    boolean another = read != null && !Objects.equals(read.field(), field);
    return another || name.equals("has") ? "tags[" + name + "]" : name;
  }

  private static String numberName(Field field) {
    String key = field instanceof Attribute(String name) ? name : field.label();
    return "tags[" + (isKey(key) ? key : ValuePrinter.quoted(List.of(key))) + ",number]";
  }

  private static boolean isKey(String name) {
    return KEY.matcher(name).matches();
  }
}
