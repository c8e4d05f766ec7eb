package io.onlooker.server.web;

import io.onlooker.SpanData;

/**
 * The stretch of time that bars are drawn over.
 *
 * @param startNanos nanoseconds since 1970-01-01T00:00Z
 * @param endNanos always later than the start
 */
record Window(long startNanos, long endNanos) {

  Window {
    endNanos = Math.max(endNanos, startNanos + 1);
  }

  /** The bar of a span; an open one reaches to the end. */
  Bar bar(SpanData span) {
    long end = span.open() ? Math.max(endNanos, span.startNanos()) : span.endNanos();
    long last = Math.max(end, span.startNanos());
    if (last < startNanos) {
      return Bar.BEFORE;
    }
    if (span.startNanos() > endNanos) {
      return Bar.AFTER;
    }
    double from = share(Math.max(span.startNanos(), startNanos));
    double to = share(Math.min(last, endNanos));
    return new Bar(percent(from), percent(to - from), "");
  }

  String percent(long nanos) {
    return percent(share(nanos));
  }

  double share(long nanos) {
    return (double) (nanos - startNanos) / (endNanos - startNanos);
  }

  private static String percent(double share) {
    return Math.round(share * 10_000) / 100.0 + "%";
  }

  /**
   * Where a bar lies, in percent of the window's width.
   *
   * @param edge an arrow when the bar lies outside the window, else empty
   */
  record Bar(String x, String width, String edge) {

    static final Bar BEFORE = new Bar("0%", "0%", "◂");
    static final Bar AFTER = new Bar("100%", "0%", "▸");

    boolean inside() {
      return edge.isEmpty();
    }
  }
}
