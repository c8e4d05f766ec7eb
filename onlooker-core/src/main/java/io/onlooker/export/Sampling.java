package io.onlooker.export;

/**
 * Chooses traces by the random 56 bits at the end of their id (W3C Trace Context level 2), so that
 * everyone who sees the id decides alike.
 */
final class Sampling {

  private static final double ALL = 0x1p56;

  private Sampling() {}

  static boolean keeps(String traceId, double rate) {
    if (rate >= 1.0) {
      return true;
    }
    try {
      String tail = traceId.substring(Math.max(0, traceId.length() - 14));
      return Long.parseUnsignedLong(tail, 16) / ALL < rate;
    } catch (NumberFormatException e) {
      return rate > 0;
    }
  }
}
