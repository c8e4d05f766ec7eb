package io.onlooker.server.web;

/** What a cell of a table draws beside its text. */
sealed interface Mark {

  /** The colour by which a chart on the page names the row. */
  record Swatch(String series) implements Mark {}

  /** Something failed: the text says what. */
  record Fault() implements Mark {}

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
  record Spread(String median, String high, String length) implements Mark {}

  /**
   * A bar.
   *
   * @param width in percent of the cell's width
   * @param series its colour
   */
  record Bar(String width, String series) implements Mark {}
}
