package io.onlooker.server.ingest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trace, span and event ids as lowercase hex digits, whatever the sender's spelling. */
final class Ids {

  static final int TRACE_DIGITS = 32;
  static final int SPAN_DIGITS = 16;

  private Ids() {}

  /** The trace id, with or without dashes; never all zero. */
  static String trace(String field, @Nullable String text) throws Malformed {
    return id(field, text, TRACE_DIGITS);
  }

  /** The span id; never all zero. */
  static String span(String field, @Nullable String text) throws Malformed {
    return id(field, text, SPAN_DIGITS);
  }

  /** The parent's span id, or null for the ways in which senders say that there is none. */
  static @Nullable String parent(String field, @Nullable String text) throws Malformed {
    return text == null || text.isEmpty() || zero(text) ? null : id(field, text, SPAN_DIGITS);
  }

  /** The id when it is one, else null. */
  static @Nullable String orNull(@Nullable String text, int digits) {
    String bare = text == null ? "" : text.replace("-", "").toLowerCase(Locale.ROOT);
    return hex(bare, digits) && !zero(bare) ? bare : null;
  }

  private static String id(String field, @Nullable String text, int digits) throws Malformed {
    String id = text != null && hex(text, digits) && !zero(text) ? text : orNull(text, digits);
    if (id == null) {
      throw new Malformed(
          field
              + ": "
              + (text == null ? "missing" : shown(text))
              + " (expected: "
              + digits
              + " hex digits, not all zero)");
    }
    return id;
  }

  private static boolean hex(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean zero(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
