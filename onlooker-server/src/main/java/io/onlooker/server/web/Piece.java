package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
