package io.onlooker.server.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a cell of a table draws beside its text. */
sealed interface Mark {

  /** The colour by which a chart on the page names the row. */
  record Swatch(String series) implements Mark {}

  /** Something failed: the text says what. */
  record Fault() implements Mark {}

  /** The text opens in place and shows these. */
  record Folded(Map<String, String> pairs) implements Mark {}

  /** How a session ended. */
  record Ended(Outcome outcome) implements Mark {}

  /**
   * A trend.
   *
   * @param path in a box of 60 by 16
   */
  record Spark(String path) implements Mark {}

  /**
   * The spread of durations on the scale of the whole column, in percent of the cell's width.
   *
   * @param median where its tick stands
   * @param high where the dot of the 95th percentile stands
   * @param length of the line from the median to the longest
   */
  record Spread(String median, String high, String length) implements Mark {

    /** A little less than the whole width, so that the dot at its end is whole. */
    private static final double WIDTH = 0.97;

    /**
     * On a logarithmic scale, which a page must say; null where one of the figures is not known.
     *
     * @param most the longest of the whole column, in milliseconds like the others
     */
    static @Nullable Spread log(
        @Nullable Double low, @Nullable Double high, @Nullable Double longest, double most) {
      if (low == null || high == null || longest == null || most <= 0) {
        return null;
      }
      return new Spread(
          TimeAxis.percent(share(low, most)),
          TimeAxis.percent(0.005 + share(high, most)),
          TimeAxis.percent(Math.max(0, share(longest, most) - share(low, most))));
    }

    private static double share(double millis, double most) {
      return Math.log1p(millis) / Math.log1p(most) * WIDTH;
    }
  }

  /**
   * A bar.
   *
   * @param width in percent of the cell's width
   * @param series its colour
   */
  record Bar(String width, String series) implements Mark {}
}
