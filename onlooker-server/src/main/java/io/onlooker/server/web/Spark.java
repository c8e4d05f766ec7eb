package io.onlooker.server.web;

import java.util.Locale;

/** Trends small enough to stand in a row: 60 wide, 16 high, without axes. */
final class Spark {

  private static final double WIDE = 60;
  private static final double HIGH = 15;

  private Spark() {}

  /** A bar for each count; nothing is no bar. */
  static String bars(long[] counts) {
    long most = 1;
    for (long count : counts) {
      most = Math.max(most, count);
    }
    double width = WIDE / counts.length;
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double height = Math.max(1.5, HIGH * counts[i] / most);
        path.append(
            String.format(
                Locale.ROOT,
                "M%.1f 16v%.1fh%.1fv%.1fz",
                i * width,
                -height,
                Math.max(0.6, width - 0.3),
                height));
      }
    }
    return path.isEmpty() ? "M0 16h60" : path.toString();
  }
}
