package io.onlooker.store.embedded;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** Texts of one column; one that recurs from row to row is encoded once. */
final class TextColumn {

  private final VarCharVector vector;
  private String last = "";
  private byte[] encoded = new byte[0];

  TextColumn(VarCharVector vector) {
    this.vector = vector;
  }

  /** Sets the text of a row, if there is one. */
  void set(int row, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (!text.equals(last)) {
      encoded = text.getBytes(StandardCharsets.UTF_8);
      last = text;
    }
    vector.setSafe(row, encoded);
  }
}
