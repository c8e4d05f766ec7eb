package io.onlooker.server.web;

import io.onlooker.store.Field;
import io.onlooker.store.Group;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One group of a result: what it is called, and the query that takes its spans alone. */
final class GroupTerm {

  private GroupTerm() {}

  static String name(Group group, @Nullable Object value) {
    if (value == null) {
      return "(none)";
    }
    Double width = group.bucketWidth();
    if (width == null || !(value instanceof Number number)) {
      return value.toString();
    }
    double from = number.doubleValue();
    if (group.field() == Field.Column.TIMESTAMP) {
      return Show.exactTime(Math.round(from * 1e6)).replace(":00.000Z", "");
    }
    Unit unit = group.field() == Field.Column.DURATION ? Unit.MILLIS : Unit.NUMBER;
    return unit.show(from) + " – " + unit.show(from + width);
  }

  static String of(Group group, @Nullable Object value) {
    String field = group.field().label();
    if (value == null) {
      return "!has:" + field;
    }
    Double width = group.bucketWidth();
    if (width == null || !(value instanceof Number number)) {
      return Links.term(field, value);
    }
    double from = number.doubleValue();
    if (group.field() == Field.Column.TIMESTAMP) {
      return field
          + ":>="
          + Show.exactTime(Math.round(from * 1e6))
          + " "
          + field
          + ":<"
          + Show.exactTime(Math.round((from + width) * 1e6));
    }
    String unit = group.field() == Field.Column.DURATION ? "ms" : "";
    return field + ":>=" + plain(from) + unit + " " + field + ":<" + plain(from + width) + unit;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
