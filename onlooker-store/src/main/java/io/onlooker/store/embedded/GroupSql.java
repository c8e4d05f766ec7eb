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

  private final List<FieldSql.Typed> columns = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  GroupSql(List<Group> groups, FieldSql fields) {
    for (Group group : groups) {
      List<FieldSql.Typed> typed = typed(group, fields);
      columns.addAll(typed);
      widths.add(typed.size());
    }
  }

  private static List<FieldSql.Typed> typed(Group group, FieldSql fields) {
    Double width = group.bucketWidth();
    if (width == null) {
      return fields.typed(group.field());
    }
    String lowerEnd =
        "floor(%s / %2$s::DOUBLE) * %2$s::DOUBLE"
            .formatted(fields.number(group.field()), Double.toString(width));
    return List.of(new FieldSql.Typed(AttributeKind.FRACTION, lowerEnd));
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
  String join(String table) {
    StringBuilder sql = new StringBuilder(" JOIN " + table + " c ON TRUE");
    for (int i = 0; i < columns.size(); i++) {
      sql.append(" AND c.g%d IS NOT DISTINCT FROM (%s)".formatted(i, columns.get(i).sql()));
    }
    return sql.toString();
  }

  /** The columns that hold the values of a group, by its place, for an ORDER BY. */
  String order(int group, String direction) {
    int first = widths.stream().limit(group).mapToInt(Integer::intValue).sum();
    StringBuilder sql = new StringBuilder();
    for (int i = first; i < first + widths.get(group); i++) {
      sql.append(i == first ? "" : ", ").append('g').append(i).append(direction);
    }
    return sql.toString();
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
