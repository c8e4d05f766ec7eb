package io.onlooker.server.web;

import java.util.List;

/**
 * A drawing of figures over time, with the same figures as text.
 *
 * <p>Positions along the time are percent of the width, since the server does not know it; heights
 * are pixels.
 *
 * @param about the figures in a sentence, for those who do not see them
 * @param plot how high the drawing is, from value zero to the highest
 */
record Chart(
    String title,
    String about,
    int plot,
    List<Grid> grid,
    List<Box> boxes,
    List<Curve> curves,
    List<End> ends,
    List<TimeAxis.Tick> ticks,
    List<Release> releases,
    List<Slot> slots,
    Sheet sheet) {

  /** From the top of the drawing to the highest value. */
  static final int TOP = 18;

  static final int PLOT = 122;
  static final int LOW = 44;

  /** Curves are drawn in a box this wide, which is stretched to the chart's width. */
  static final int WIDE = 1000;

  /** Where value zero lies. */
  int base() {
    return TOP + plot;
  }

  int height() {
    return base() + 20;
  }

  boolean low() {
    return plot == LOW;
  }

  /** A hairline with its value. */
  record Grid(int y, String label) {

    int above() {
      return y - 5;
    }
  }

  /** A bar or a part of one. */
  record Box(String x, String width, String y, String height, String css) {}

  record Curve(String path, String css) {}

  /**
   * A release that is seen for the first time.
   *
   * @param step of the axis, from 0
   */
  record Release(int step, String x, String name) {}

  /** What a line is, written at its end. */
  record End(int y, String text, String css) {}

  /**
   * A step of time, to point at.
   *
   * @param said the values, in a line
   * @param link narrows the page to this step
   */
  record Slot(
      String x, String width, String middle, String from, String to, String said, String link) {}

  /** The same figures as a table: its first column are the times. */
  record Sheet(List<String> heads, List<List<String>> rows) {}
}
