package io.onlooker.redact;

/** The tokens of JSON (RFC 8259). */
final class JsonText {

  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Behind the closing quote of the string that opens here, or -1 when none closes it. */
  static int stringEnd(String text, int open) {
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }

  /** Behind the number that begins here, or -1 when none does. */
  static int numberEnd(String text, int from) {
    int at = from < text.length() && text.charAt(from) == '-' ? from + 1 : from;
    int whole = digitsEnd(text, at);
    if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
      return -1;
    }
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digitsEnd(text, end + 1);
      if (end == whole + 1) {
        return -1;
      }
    }
    return exponentEnd(text, end);
  }

  /** The text between the quotes as it is meant; an escape that is none stays as it is. */
  static String unescape(String text, int from, int to) {
    int escape = text.indexOf('\\', from);
    if (escape < 0 || escape >= to) {
      return text.substring(from, to);
    }
    StringBuilder out = new StringBuilder(to - from).append(text, from, escape);
    int at = escape;
    while (at < to) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < to) {
        at = unescape(text, at + 1, to, out);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  /** Writes a string with its quotes; what a parser might refuse is escaped. */
  static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isLoneSurrogate(value, i)) {
            hex(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Appends what the escape behind the backslash means; returns where it ends. */
  private static int unescape(String text, int at, int to, StringBuilder out) {
    char name = text.charAt(at);
    int simple = "\"\\/nrtbf".indexOf(name);
    if (simple >= 0) {
      out.append("\"\\/\n\r\t\b\f".charAt(simple));
      return at + 1;
    }
    if (name == 'u' && at + 4 < to && hexDigits(text, at + 1)) {
      out.append((char) Integer.parseInt(text, at + 1, at + 5, 16));
      return at + 5;
    }
    out.append('\\').append(name);
    return at + 1;
  }

  private static boolean hexDigits(String text, int from) {
    for (int i = from; i < from + 4; i++) {
      if (!Chars.is(text.charAt(i), Chars.HEX)) {
        return false;
      }
    }
    return true;
  }

  private static int exponentEnd(String text, int from) {
    if (from >= text.length() || (text.charAt(from) | 0x20) != 'e') {
      return from;
    }
    boolean signed =
        from + 1 < text.length() && (text.charAt(from + 1) == '+' || text.charAt(from + 1) == '-');
    int digits = signed ? from + 2 : from + 1;
    int end = digitsEnd(text, digits);
    return end == digits ? -1 : end;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && Chars.is(text.charAt(end), Chars.DIGIT)) {
      end++;
    }
    return end;
  }

  private static boolean isLoneSurrogate(String value, int at) {
    char c = value.charAt(at);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    return Character.isHighSurrogate(c)
        ? at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(value.charAt(at - 1));
  }

  private static void hex(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xF));
    }
  }
}
