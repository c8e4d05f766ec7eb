package io.onlooker.store.embedded;

/**
 * How the map column {@code rest} holds a value: {@code i:42}, the prefix of its kind and its text.
 */
final class RestValue {

  private RestValue() {}

  static String format(Object value) {
    AttributeKind kind = AttributeKind.of(value);
    return kind.prefix() + ":" + kind.format(value);
  }

  static Object parse(String text) {
    return AttributeKind.ofPrefix(text.substring(0, 1)).parse(text.substring(2));
  }

  /** The value when it is of this kind, else null. */
  static Sql ofKind(AttributeKind kind, String key) {
    return Sql.of("CASE WHEN left(f.rest[")
        .bind(key)
        .add("], 2) = '" + kind.prefix() + ":' THEN substr(f.rest[")
        .bind(key)
        .add("], 3)::" + kind.sqlType() + " END");
  }
}
