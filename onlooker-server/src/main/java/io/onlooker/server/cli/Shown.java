package io.onlooker.server.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/** Values for a terminal: on one line, nothing in them that a terminal would obey. */
final class Shown {

  private static final BigDecimal SECOND = new BigDecimal(1000);

  private Shown() {}

  /** Nothing is a dash. */
  static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "–" : text(value.asString());
  }

  static String text(String value) {
    return value.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
  }

  /** The text, its end replaced by an ellipsis when it has more characters. */
  static String cut(JsonNode value, int characters) {
    String text = text(value);
    return text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
  }

  /** Milliseconds as {@code 812 ms} or {@code 30.6 s}. */
  static String duration(JsonNode millis) {
    if (!millis.isNumber()) {
      return "–";
    }
    BigDecimal time = millis.decimalValue();
    return time.compareTo(SECOND) < 0
        ? time.setScale(0, RoundingMode.HALF_UP) + " ms"
        : time.divide(SECOND, 1, RoundingMode.HALF_UP) + " s";
  }

  /** US dollars, not rounded; an unknown cost is a dash, not nothing. */
  static String cost(JsonNode usd, JsonNode lowerBound) {
    if (!usd.isNumber()) {
      return "–";
    }
    return (lowerBound.asBoolean(false) ? "≥ $" : "$") + usd.decimalValue().toPlainString();
  }
}
