package io.onlooker.server.export;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the values of attributes were, column by column: a column of numbers alone can be a column
 * of numbers, any other is text.
 */
final class AttributeKinds {

  private enum Kind {
    FLAG,
    NUMBER,
    OTHER
  }

  private final List<Set<Kind>> seen;

  AttributeKinds(int columns) {
    seen = Stream.generate(() -> (Set<Kind>) EnumSet.noneOf(Kind.class)).limit(columns).toList();
  }

  void saw(int column, JsonNode value) {
    Kind kind = value.isBoolean() ? Kind.FLAG : value.isNumber() ? Kind.NUMBER : Kind.OTHER;
    seen.get(column).add(kind);
  }

  /** The type the column's values have in common. */
  String type(int column, String otherwise) {
    Set<Kind> kinds = seen.get(column);
    if (kinds.equals(Set.of(Kind.FLAG))) {
      return "BOOLEAN";
    }
    return kinds.equals(Set.of(Kind.NUMBER)) ? "DOUBLE" : otherwise;
  }
}
