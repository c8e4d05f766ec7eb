package io.onlooker.server.export;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cells of a row, from its JSON. */
record TableRow(JsonNode root) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static TableRow of(byte[] json) throws IOException {
    try {
      return new TableRow(JSON.readTree(json));
    } catch (JacksonException e) {
      throw new IOException("row: not JSON", e);
    }
  }

  /** A missing node or null where the row has no such value. */
  JsonNode cell(Column column) {
    return column.kind() == Column.Kind.ATTRIBUTE
        ? root.path("attributes").path(column.name())
        : root.path(column.name());
  }

  /** As text: lists and objects as JSON, nothing as the empty text. */
  static String text(JsonNode cell) {
    if (cell.isMissingNode() || cell.isNull()) {
      return "";
    }
    return cell.isContainer() ? cell.toString() : cell.asString();
  }
}
