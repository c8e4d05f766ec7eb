package io.onlooker.server.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a figure differs from the one before it.
 *
 * @param text {@code ▲ 3.4×}, {@code +3 %}; empty when there is nothing to compare with
 * @param css {@code bad} where it is worse
 */
record Change(String text, String css) {

  static final Change NONE = new Change("", "");

  /**
   * @param worse whether it is so much worse that it should be said
   */
  static Change of(Unit unit, @Nullable Double now, @Nullable Double before, boolean worse) {
    if (now == null || before == null) {
      return NONE;
    }
    String size = size(unit, now, before);
    return new Change(worse ? (now >= before ? "▲ " : "▼ ") + size : size, worse ? "bad" : "");
  }

  private static String size(Unit unit, double now, double before) {
    if (now == before) {
      return "no change";
    }
    if (before > 0 && now / before >= 2) {
      return format(now / before) + "×";
    }
    String sign = now > before ? "+" : "−";
    if (unit == Unit.MILLIS || unit == Unit.SECONDS) {
      return sign + unit.show(Math.abs(now - before));
    }
    if (before == 0) {
      return sign + unit.show(Math.abs(now));
    }
    double percent = Math.abs(now - before) / before * 100;
    return sign + (percent < 0.95 ? "<1" : Math.round(percent)) + "\u2009%";
  }

  private static String format(double ratio) {
    return ratio < 10 ? String.format(Locale.ROOT, "%.1f", ratio) : Show.count(Math.round(ratio));
  }
}
