package io.onlooker.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * The kinds of attribute values. A key has a column for each kind its values have: {@code
 * s:user.id}, {@code i:user.id}.
 */
enum AttributeKind {
  TEXT("s", "VARCHAR"),
  WHOLE("i", "BIGINT"),
  FRACTION("n", "DOUBLE"),
  FLAG("b", "BOOLEAN"),
  /** As JSON. */
  LIST("l", "VARCHAR");

  private final String prefix;
  private final String sqlType;

  AttributeKind(String prefix, String sqlType) {
    this.prefix = prefix;
    this.sqlType = sqlType;
  }

  static AttributeKind of(Object value) {
    if (value instanceof String) {
      return TEXT;
    }
    return switch (value) {
      case Long _ -> WHOLE;
      case Double _ -> FRACTION;
      case Boolean _ -> FLAG;
      case List<?> _ -> LIST;
      default -> throw new IllegalArgumentException("attribute value: " + value.getClass());
    };
  }

  static AttributeKind ofPrefix(String prefix) {
    for (AttributeKind kind : values()) {
      if (kind.prefix.equals(prefix)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("kind: " + prefix + " (expected: s, i, n, b or l)");
  }

  String prefix() {
    return prefix;
  }

  String sqlType() {
    return sqlType;
  }

  ArrowType arrowType() {
    return switch (this) {
      case TEXT, LIST -> new ArrowType.Utf8();
      case WHOLE -> new ArrowType.Int(64, true);
      case FRACTION -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case FLAG -> new ArrowType.Bool();
    };
  }

  /** The vectors of one key, given in the order of the kinds. */
  static Map<AttributeKind, FieldVector> byKind(List<FieldVector> vectors) {
    Map<AttributeKind, FieldVector> byKind = new EnumMap<>(AttributeKind.class);
    for (AttributeKind kind : values()) {
      byKind.put(kind, vectors.get(byKind.size()));
    }
    return byKind;
  }

  /** Sets the value in the vector of its kind; false when there is none. */
  static boolean set(Map<AttributeKind, FieldVector> vectors, int row, Object value) {
    AttributeKind kind = of(value);
    FieldVector vector = vectors.get(kind);
    if (vector == null) {
      return false;
    }
    kind.set(vector, row, value);
    return true;
  }

  void set(FieldVector vector, int row, Object value) {
    switch (this) {
      case TEXT -> setText(vector, row, (String) value);
      case WHOLE -> ((BigIntVector) vector).setSafe(row, (Long) value);
      case FRACTION -> ((Float8Vector) vector).setSafe(row, (Double) value);
      case FLAG -> ((BitVector) vector).setSafe(row, (Boolean) value ? 1 : 0);
      case LIST -> setText(vector, row, Json.list((List<?>) value));
    }
  }

  /** The value as text, so that {@link #parse} finds it again. */
  String format(Object value) {
    return value instanceof List<?> list ? Json.list(list) : value.toString();
  }

  Object parse(String text) {
    return switch (this) {
      case TEXT -> text;
      case WHOLE -> Long.valueOf(text);
      case FRACTION -> Double.valueOf(text);
      case FLAG -> Boolean.valueOf(text);
      case LIST -> Json.list(text);
    };
  }

  static void setText(FieldVector vector, int row, String text) {
    ((VarCharVector) vector).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
  }
}
