package io.onlooker.redact;

/** What is written in the place of the findings of one kind. Immutable. */
final class Replacement {

  private static final int SHOWN_AT_THE_END = 4;

  private final String kind;
  private final RedactionMode mode;
  private final SaltedHash hash;

  Replacement(String kind, RedactionMode mode, SaltedHash hash) {
    this.kind = kind;
    this.mode = mode;
    this.hash = hash;
  }

  void append(StringBuilder out, String text, int start, int end) {
    switch (mode) {
      case LABEL -> out.append('[').append(kind).append(']');
      case HASH -> {
        String shown = hash.of(kind, text.substring(start, end));
        out.append('[').append(kind).append(':').append(shown).append(']');
      }
      case MASK -> mask(out, text, start, end);
      case REMOVE -> {}
    }
  }

  private void mask(StringBuilder out, String text, int start, int end) {
    int stars = lettersAndDigits(text, start, end) - shown();
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      out.append(isWorded(c) && stars-- > 0 ? '*' : c);
    }
  }

  private int shown() {
    return switch (kind) {
      case "CREDIT_CARD", "IBAN", "PHONE" -> SHOWN_AT_THE_END;
      default -> 0;
    };
  }

  private static int lettersAndDigits(String text, int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      count += isWorded(text.charAt(i)) ? 1 : 0;
    }
    return count;
  }

  private static boolean isWorded(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }
}
