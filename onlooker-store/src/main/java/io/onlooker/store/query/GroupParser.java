package io.onlooker.store.query;

import io.onlooker.store.Group;
import java.util.List;

/**
 * Reads what to group by.
 *
 * <pre>{@code
 * group = field
 *       | "bucket" "(" field "," width ")"
 * width = a number above 0, for durations and times with a unit: 500, 1k, 100ms, 1h
 * }</pre>
 */
public final class GroupParser {

  private static final String BUCKET = "bucket";

  private GroupParser() {}

  /**
   * Reads one group; its label is the text without the spaces around it.
   *
   * @throws QueryException when the text is none
   */
  public static Group parse(String text) {
    String label = text.strip();
    QueryReader reader = new QueryReader(label);
    FieldReader fields = new FieldReader(reader, Vocabulary.SPANS);
    NamedField field = fields.read();
    if (!reader.take('(')) {
      reader.requireEnd();
      return new Group(label, field.field(), null);
    }
    if (!field.name().equals(BUCKET)) {
      throw reader.failure(
          "function: " + QueryException.shown(field.name()) + " (expected: bucket, or a field)",
          0,
          Spelling.closest(field.name(), List.of(BUCKET)));
    }
    return bucket(label, reader, fields);
  }

  private static Group bucket(String label, QueryReader reader, FieldReader fields) {
    reader.skipSpaces();
    int start = reader.position();
    NamedField field = fields.read();
    if (!field.kind().isOrdered()) {
      throw reader.failure(
          "field: " + QueryException.shown(field.name()) + " (expected: one with numbers)", start);
    }
    reader.skipSpaces();
    if (!reader.take(',')) {
      throw reader.failure(
          "bucket: no width (expected: such as bucket(cart.item_count, 5))", reader.position());
    }
    reader.skipSpaces();
    double width = width(reader, field);
    reader.skipSpaces();
    if (!reader.take(')')) {
      throw reader.failure("bucket: no end (expected: a closing parenthesis)", reader.position());
    }
    reader.requireEnd();
    return new Group(label, field.field(), width);
  }

  private static double width(QueryReader reader, NamedField field) {
    Kind kind = field.kind() == Kind.TIME ? Kind.DURATION : field.kind();
    Literal literal = reader.literal(",");
    Double width = Quantity.read(literal.text(), kind);
    if (width == null || width <= 0) {
      throw reader.failure(
          "width: "
              + QueryException.shown(literal.text())
              + " (expected: above 0, "
              + kind.expected()
              + ")",
          literal.position());
    }
    return width;
  }
}
