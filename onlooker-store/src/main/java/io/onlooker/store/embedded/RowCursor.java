package io.onlooker.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Where a page of rows ended, as text for a client: the value that they are ordered by, and the key
 * that tells equal ones apart.
 */
record RowCursor(long value, String key) {

  @Override
  public String toString() {
    return Ids.text(value) + HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException when the text is not one of a cursor
   */
  static RowCursor parse(String text) {
    Long value = Ids.parsed(text, 0);
    if (value == null || text.length() % 2 != 0 || !Ids.isHex(text, 16, text.length())) {
      throw new IllegalArgumentException(
          "cursor: " + text + " (expected: one that an earlier page gave)");
    }
    byte[] key = HexFormat.of().parseHex(text, 16, text.length());
    return new RowCursor(value, new String(key, StandardCharsets.UTF_8));
  }
}
