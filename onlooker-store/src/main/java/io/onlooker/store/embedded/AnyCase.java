package io.onlooker.store.embedded;

import java.util.HashMap;
import java.util.Map;

/** Text in the form in which letters of either case are the same, as the engine's {@code lower}. */
final class AnyCase {

  /** For a character in this form, the class of it and of those that become it. */
  private static final Map<Integer, String> CLASSES = new HashMap<>();

  static {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.toLowerCase(c) != c) {
        CLASSES.merge(Character.toLowerCase(c), hex(c), String::concat);
      }
    }
    CLASSES.replaceAll((folded, others) -> "[" + hex(folded) + others + "]");
  }

  private AnyCase() {}

  static String fold(String text) {
    int[] folded = text.codePoints().map(Character::toLowerCase).toArray();
    return new String(folded, 0, folded.length);
  }

  /** A regular expression that takes all whose form begins as this text's does. */
  static String regex(String text, int characters) {
    StringBuilder regex = new StringBuilder();
    fold(text)
        .codePoints()
        .limit(characters)
        .forEach(c -> regex.append(CLASSES.getOrDefault(c, hex(c))));
    return regex.toString();
  }

  private static String hex(int c) {
    return "\\x{" + Integer.toHexString(c) + "}";
  }
}
