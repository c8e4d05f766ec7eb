package io.onlooker.store.embedded;

import io.onlooker.store.Group;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns a query groups by. One field may take several, since its values may be of several
 * kinds; at most one of them is not null.
 */
final class GroupSql {

  private final List<ValueSql.Typed> columns = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private String source = "spans";

  GroupSql(List<Group> groups, FieldSql fields) {
    for (Group group : groups) {
      List<ValueSql.Typed> typed = typed(group, fields);
      columns.addAll(typed);
      widths.add(typed.size());
    }
  }

  private List<ValueSql.Typed> typed(Group group, FieldSql fields) {
    Double width = group.bucketWidth();
    if (width == null) {
      String values = fields.all(group.field(), ValueSql::struct);
      return values == null
          ? fields.value(group.field()).typed()
          : ValueSql.of(unnested("list_distinct(" + values + ")", ValueSql.NONE.struct())).typed();
    }
    FieldSql.ValueExpression lowerEnd = value -> lowerEnd(value.number(), width);
    String ends = fields.all(group.field(), lowerEnd);
    String sql =
        ends == null
            ? lowerEnd.of(fields.value(group.field()))
            : unnested("list_distinct(" + ends + ")", "NULL::DOUBLE");
    return List.of(new ValueSql.Typed(AttributeKind.FRACTION, sql));
  }

  private static String lowerEnd(String number, double width) {
    return "floor(%s / %2$s::DOUBLE) * %2$s::DOUBLE".formatted(number, Double.toString(width));
  }

  /** Makes a row of the source for each value of the list, one for none, and names the value. */
  private String unnested(String list, String none) {
    String name = "u" + widths.size();
    source =
        "(SELECT *, unnest(CASE WHEN len(%1$s) = 0 THEN [%2$s] ELSE %1$s END) AS %3$s FROM %4$s)"
            .formatted(list, none, name, source);
    return name;
  }

  /** What to select from: a span stands there once for each group that it is in. */
  String source() {
    return source;
  }

  int columns() {
    return columns.size();
  }

  /** {@code <expression> AS g0, …, } to stand before other columns of a SELECT. */
  String selected() {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      sql.append(columns.get(i).sql()).append(" AS g").append(i).append(", ");
    }
    return sql.toString();
  }

  /** A join with the table that keeps only the groups in it. */
  String in(String table) {
    return joined(" JOIN ", table);
  }

  /** A join with the table that keeps only the groups not in it. */
  String notIn(String table) {
    return joined(" ANTI JOIN ", table);
  }

  private String joined(String join, String table) {
    StringBuilder sql = new StringBuilder(join + table + " c ON TRUE");
    for (int i = 0; i < columns.size(); i++) {
      sql.append(" AND c.g%d IS NOT DISTINCT FROM (%s)".formatted(i, columns.get(i).sql()));
    }
    return sql.toString();
  }

  /** The columns that hold the values of a group, by its place, for an ORDER BY. */
  String order(int group, String direction) {
    int first = widths.stream().limit(group).mapToInt(Integer::intValue).sum();
    int end = first + widths.get(group);
    List<String> order = new ArrayList<>();
    for (int i = first; i < end; i++) {
      boolean isNumber = columns.get(i).kind() == AttributeKind.WHOLE;
      if (isNumber && i + 1 < end && columns.get(i + 1).kind() == AttributeKind.FRACTION) {
        order.add("coalesce(g%d, g%d)".formatted(i, i + 1) + direction);
        // Whole numbers beyond 2^53 may be the same fraction.
        order.add("g" + i++ + direction);
      } else {
        order.add("g" + i + direction);
      }
    }
    return String.join(", ", order);
  }

  /** The value of each group from the columns of a row. */
  List<@Nullable Object> values(List<@Nullable Object> row) {
    List<@Nullable Object> values = new ArrayList<>();
    int at = 0;
    for (int width : widths) {
      Object value = null;
      for (int i = at; i < at + width; i++) {
        value = value == null ? row.get(i) : value;
      }
      values.add(value);
      at += width;
    }
    return values;
  }
}
