package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One value of a span as expressions, one for each kind it may be of; at most one of them is not
 * null in any row. A kind the value cannot have is null here.
 */
record ValueSql(
    @Nullable String text,
    @Nullable String whole,
    @Nullable String fraction,
    @Nullable String flag) {

  /** What {@link io.onlooker.store.Filter} calls numeric text. */
  private static final String NUMERIC = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?";

  private static final int LONGEST_NUMBER = 40;

  /** The tokens of a list's JSON that are values, however deep. */
  private static final String TOKENS = "\"(?:[^\"\\\\]|\\\\.)*\"|[^\\[\\],\\s\"]+";

  /** One column of a group: {@code sql} gives its values, of the kind. */
  record Typed(AttributeKind kind, String sql) {}

  static final ValueSql NONE = new ValueSql(null, null, null, null);

  static ValueSql ofText(String text) {
    return new ValueSql(text, null, null, null);
  }

  static ValueSql ofNumber(String fraction) {
    return new ValueSql(null, null, fraction, null);
  }

  static ValueSql ofFlag(String flag) {
    return new ValueSql(null, null, null, flag);
  }

  /** The fields of a struct that {@link #elements} or {@link #struct} made. */
  static ValueSql of(String struct) {
    return new ValueSql(struct + ".s", struct + ".i", struct + ".n", struct + ".b");
  }

  /** The elements of a list, given as its JSON, as a list of structs. */
  static String elements(String json) {
    String isText = "t[1] = '\"'";
    String isWhole = "regexp_full_match(t, '-?[0-9]+')";
    String isFlag = "t IN ('true', 'false')";
    ValueSql token =
        new ValueSql(
            "CASE WHEN " + isText + " THEN json_extract_string(t, '$') END",
            "CASE WHEN " + isWhole + " THEN TRY_CAST(t AS BIGINT) END",
            "CASE WHEN NOT (%s OR %s OR %s) THEN TRY_CAST(t AS DOUBLE) END"
                .formatted(isText, isWhole, isFlag),
            "CASE WHEN " + isFlag + " THEN t = 'true' END");
    return "list_transform(regexp_extract_all(%s, '%s'), lambda t: %s)"
        .formatted(json, TOKENS, token.struct());
  }

  /** All of it as one value; fractions that are whole numbers as such. */
  String struct() {
    return "{'s': %s, 'i': %s, 'n': %s, 'b': %s}"
        .formatted(
            text == null ? "NULL::VARCHAR" : text,
            wholeNumber() == null ? "NULL::BIGINT" : wholeNumber(),
            otherNumber() == null ? "NULL::DOUBLE" : otherNumber(),
            flag == null ? "NULL::BOOLEAN" : flag);
  }

  /** Its number, or that of numeric text; null for what is none. */
  String number() {
    return coalesced(
        "NULL::DOUBLE",
        fraction,
        whole == null ? null : whole + "::DOUBLE",
        text == null ? null : numericText(text));
  }

  private static String numericText(String text) {
    String number = "TRY_CAST(" + text + " AS DOUBLE)";
    return "CASE WHEN isfinite(%1$s) AND length(%2$s) <= %3$d AND regexp_full_match(%2$s, '%4$s') THEN %1$s END"
        .formatted(number, text, LONGEST_NUMBER, NUMERIC);
  }

  /** The value as a text pattern sees it. */
  String asText() {
    return coalesced(
        "NULL::VARCHAR", text, varchar(wholeNumber()), varchar(otherNumber()), varchar(flag));
  }

  private static @Nullable String varchar(@Nullable String expression) {
    return expression == null ? null : "(" + expression + ")::VARCHAR";
  }

  /** Whether there is a value, and it is not empty text. */
  String present() {
    return Stream.concat(
            text == null ? Stream.empty() : Stream.of("coalesce(" + text + ", '') <> ''"),
            others().map(other -> other + " IS NOT NULL"))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private Stream<String> others() {
    List<String> others = new ArrayList<>();
    for (String other : new @Nullable String[] {whole, fraction, flag}) {
      if (other != null) {
        others.add(other);
      }
    }
    return others.stream();
  }

  /** The columns that tell a value from all others. */
  List<Typed> typed() {
    List<Typed> typed = new ArrayList<>();
    add(typed, AttributeKind.TEXT, text);
    add(typed, AttributeKind.WHOLE, wholeNumber());
    add(typed, AttributeKind.FRACTION, otherNumber());
    add(typed, AttributeKind.FLAG, flag);
    return typed;
  }

  /** One text for each value that differs from others, null for none. */
  String distinct() {
    return coalesced(
        "NULL::VARCHAR",
        text == null ? null : "'s' || " + text,
        fraction == null && whole == null ? null : "'i' || (" + wholeNumber() + ")",
        fraction == null ? null : "'n' || (" + otherNumber() + ")",
        flag == null ? null : "'b' || " + flag);
  }

  private static void add(List<Typed> typed, AttributeKind kind, @Nullable String sql) {
    if (sql != null) {
      typed.add(new Typed(kind, sql));
    }
  }

  /** A fraction without a fractional part is the same value as the whole number. */
  private @Nullable String wholeNumber() {
    if (fraction == null) {
      return whole;
    }
    String integral =
        "CASE WHEN " + isIntegral() + " THEN TRY_CAST(" + fraction + " AS BIGINT) END";
    return whole == null ? integral : "coalesce(" + whole + ", " + integral + ")";
  }

  private @Nullable String otherNumber() {
    return fraction == null
        ? null
        : "CASE WHEN NOT (" + isIntegral() + ") THEN " + fraction + " END";
  }

  private String isIntegral() {
    return "%1$s = floor(%1$s) AND abs(%1$s) < 9.2e18".formatted(fraction);
  }

  private static String coalesced(String none, @Nullable String... parts) {
    List<String> present = new ArrayList<>();
    for (String part : parts) {
      if (part != null) {
        present.add(part);
      }
    }
    return switch (present.size()) {
      case 0 -> none;
      case 1 -> present.getFirst();
      default -> "coalesce(" + String.join(", ", present) + ")";
    };
  }
}
