package io.onlooker.server.export;

/**
 * A column of an exported table.
 *
 * @param name of the member of the row's JSON; for {@link Kind#ATTRIBUTE} of the attribute
 */
public record Column(String name, Kind kind) {

  /** What a column holds. */
  public enum Kind {
    TEXT,
    FLAG,
    /** Whole numbers. */
    COUNT,
    NUMBER,
    /** RFC 3339. */
    TIME,
    /** A list or an object, as JSON text. */
    JSON,
    /** One attribute, which may hold anything. */
    ATTRIBUTE
  }

  public static Column of(String name, Kind kind) {
    return new Column(name, kind);
  }
}
