package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure of each turn of a conversation as a row of columns.
 *
 * @param said for those who hear the page: the figures in order
 */
record Turns(List<Box> boxes, String said) {

  static final int HEIGHT = 28;
  private static final int WIDE = 120;

  /** A column; a turn without the figure has none. */
  record Box(String x, String width, String y, String height, String css) {}

  /**
   * The columns of these figures.
   *
   * @param figures null where a turn has none
   * @param bad the turns that failed, counted from 0
   */
  static Turns of(List<@Nullable Double> figures, List<Integer> bad, Unit unit) {
    double most = 0;
    for (Double figure : figures) {
      most = Math.max(most, figure == null ? 0 : figure);
    }
    List<Box> boxes = new ArrayList<>();
    List<String> said = new ArrayList<>();
    double width = Math.min(12, (double) WIDE / Math.max(1, figures.size()));
    for (int i = 0; i < figures.size(); i++) {
      Double figure = figures.get(i);
      said.add(unit.show(figure));
      if (figure != null && most > 0) {
        double height = Math.max(1.5, figure / most * HEIGHT);
        boxes.add(
            new Box(
                short1(i * width),
                short1(Math.max(1, width - 2)),
                short1(HEIGHT - height),
                short1(height),
                bad.contains(i) ? "bad" : ""));
      }
    }
    return new Turns(boxes, String.join(", ", said));
  }

  private static String short1(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
