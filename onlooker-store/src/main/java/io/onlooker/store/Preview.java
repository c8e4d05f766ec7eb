package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/** The beginning of a text, for a list. */
final class Preview {

  private static final int CODE_POINTS = 200;

  private Preview() {}

  /** At most 200 code points, the last an ellipsis when it was cut; null for null or blank. */
  static @Nullable String of(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String stripped = text.strip();
    int count = stripped.codePointCount(0, Math.min(stripped.length(), CODE_POINTS * 2 + 2));
    if (count <= CODE_POINTS) {
      return stripped;
    }
    return stripped.substring(0, stripped.offsetByCodePoints(0, CODE_POINTS - 1)) + "…";
  }
}
