package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Group;
import io.onlooker.store.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the type of a column of groups from the values in it. */
final class ResultType {

  private ResultType() {}

  /** Values of several kinds, or none at all, make a column of strings. */
  static Result.Type of(Group group, List<List<@Nullable Object>> rows, int column) {
    if (group.field() == Field.Column.TIMESTAMP && group.bucketWidth() == null) {
      return Result.Type.TIME;
    }
    List<Result.Type> types =
        rows.stream()
            .map(row -> row.get(column))
            .filter(value -> value != null)
            .map(ResultType::of)
            .distinct()
            .toList();
    return types.size() == 1 ? types.getFirst() : Result.Type.STRING;
  }

  private static Result.Type of(Object value) {
    return switch (value) {
      case Number _ -> Result.Type.NUMBER;
      case Boolean _ -> Result.Type.BOOLEAN;
      default -> Result.Type.STRING;
    };
  }
}
