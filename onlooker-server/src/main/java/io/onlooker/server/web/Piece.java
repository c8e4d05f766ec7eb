package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of text, or a chip: a redacted value, or embedded data that nobody would read.
 *
 * @param text as it is shown
 */
record Piece(String text, boolean chip) {

  /** Every quantifier is possessive or bounded: the time grows with the text only. */
  private static final Pattern CHIP =
      Pattern.compile(
          "\\[(?:EMAIL|PHONE|SSN|CREDIT_CARD|IP|IBAN|KR_RRN|API_KEY|JWT|SECRET|URL_CREDENTIALS"
              + "|REDACTED|Filtered)(?::[0-9a-f]{4,64})?]"
              + "|data:([a-z]{1,20}/[a-z0-9.+-]{1,60});base64,([A-Za-z0-9+/]{32,}+={0,2})");

  /** What a chip says beside its text: the rule that hid a value, or what embedded data is. */
  String title() {
    String name = text.substring(text.startsWith("[") ? 1 : 0).replaceFirst("[:\\]].*", "");
    return name.contains("/")
        ? "Embedded data"
        : name.equals("Filtered") ? "Filtered by the sender" : "Redacted by the rule " + name;
  }

  /** Whether it stands for embedded data. */
  boolean media() {
    return chip && text.contains("/");
  }

  /** The embedded data of a text at this place among all of its kind, or null. */
  static @Nullable Media media(String text, int number) {
    Matcher chips = CHIP.matcher(text);
    int at = 0;
    while (chips.find()) {
      if (chips.group(2) != null && at++ == number) {
        return new Media(chips.group(1), chips.group(2));
      }
    }
    return null;
  }

  /** Embedded data: its type, and its bytes in base 64. */
  record Media(String type, String base64) {}

  static List<Piece> of(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher chips = CHIP.matcher(text);
    int end = 0;
    while (chips.find()) {
      addText(pieces, text.substring(end, chips.start()));
      pieces.add(new Piece(shown(chips), true));
      end = chips.end();
    }
    addText(pieces, text.substring(end));
    return pieces;
  }

  private static String shown(Matcher chip) {
    String data = chip.group(2);
    return data == null
        ? chip.group()
        : "[" + chip.group(1) + " " + Show.bytes(data.length() / 4 * 3L) + "]";
  }

  private static void addText(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, false));
    }
  }
}
