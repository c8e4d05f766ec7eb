package io.onlooker.store.query;

import org.jspecify.annotations.Nullable;

/** Reads the name of a field: {@code key}, {@code "any key"} or {@code tags[key,type]}. */
final class FieldReader {

  static final String TAGS = "tags[";

  private final QueryReader reader;
  private final Vocabulary vocabulary;

  FieldReader(QueryReader reader, Vocabulary vocabulary) {
    this.reader = reader;
    this.vocabulary = vocabulary;
  }

  NamedField read() {
    int start = reader.position();
    if (reader.take(TAGS)) {
      return tag(start);
    }
    String name = key();
    if (name.isEmpty()) {
      throw reader.failure("no field (expected: a name such as span.op)", start);
    }
    return known(vocabulary.field(name), name, start);
  }

  private NamedField tag(int start) {
    reader.skipSpaces();
    String key = key();
    reader.skipSpaces();
    Kind kind = reader.take(',') ? type() : null;
    if (key.isEmpty() || !reader.take(']')) {
      throw reader.failure("tags[ (expected: tags[key], tags[key,number] or such)", start);
    }
    NamedField field = known(vocabulary.tag(key), key, start);
    return kind == null ? field : new NamedField(field.name(), field.field(), kind);
  }

  private String key() {
    return reader.sees('"') ? reader.literal("").text() : reader.name();
  }

  private Kind type() {
    reader.skipSpaces();
    int start = reader.position();
    String type = reader.name();
    reader.skipSpaces();
    return switch (type) {
      case "number" -> Kind.NUMBER;
      case "string" -> Kind.TEXT;
      default ->
          throw reader.failure(
              "type: " + QueryException.shown(type) + " (expected: number or string)", start);
    };
  }

  private NamedField known(@Nullable NamedField field, String name, int start) {
    if (field == null) {
      throw reader.failure(
          "field: "
              + QueryException.shown(name)
              + " (expected: one of "
              + String.join(", ", vocabulary.firstNames())
              + ")",
          start,
          Spelling.closest(name, vocabulary.names()));
    }
    return field;
  }
}
