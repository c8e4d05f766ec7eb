package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;

/** Finds room for the names of lines at their ends: clear of every line, and near their own. */
final class EndNames {

  /** From the foot of the letters up and down to where nothing else should be, in pixels. */
  private static final int UP = 12;

  private static final int DOWN = 4;

  /** Between the feet of two names. */
  private static final int APART = 15;

  /** So much of the width a letter takes in a chart of half a window. */
  private static final double LETTER = 0.0125;

  /** What a crossed line costs, in pixels of distance: names stay on their side of the chart. */
  private static final int CROSSED = 60;

  private final List<Series> lines;
  private final Unit unit;
  private final double top;
  private final int plot;

  /**
   * @param top the value at the top of the drawing
   * @param plot how high the drawing is
   */
  EndNames(List<Series> lines, Unit unit, double top, int plot) {
    this.lines = lines;
    this.unit = unit;
    this.top = top;
    this.plot = plot;
  }

  /** One for each line that has a value, in their order. */
  List<Chart.End> all() {
    List<Chart.End> ends = new ArrayList<>();
    for (Series line : lines) {
      Double last = line.last();
      if (last != null) {
        String text = line.name() + " " + unit.show(last);
        ends.add(new Chart.End(best(text, y(last), ends), text, line.css()));
      }
    }
    return ends;
  }

  private int best(String text, double end, List<Chart.End> others) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int foot = UP; foot <= Chart.TOP + plot - DOWN; foot++) {
      int at = foot;
      if (others.stream().noneMatch(other -> Math.abs(other.y() - at) < APART)) {
        double cost = Math.abs(middle(foot) - end) + CROSSED * crossed(text, foot);
        if (cost < least) {
          least = cost;
          best = foot;
        }
      }
    }
    return best;
  }

  private static double middle(int foot) {
    return foot - (UP - DOWN) / 2.0;
  }

  /** How many pieces of lines run through the name when it stands there. */
  private int crossed(String text, int foot) {
    int crossed = 0;
    for (Series line : lines) {
      int steps = line.values().size();
      int wide = (int) Math.ceil(text.length() * LETTER * steps) + 1;
      for (int i = Math.max(1, steps - wide); i < steps; i++) {
        double from = y(line.values().get(i - 1));
        double to = y(line.values().get(i));
        // A gap is not a number and crosses nothing.
        if (Math.min(from, to) < foot + DOWN && Math.max(from, to) > foot - UP) {
          crossed++;
        }
      }
    }
    return crossed;
  }

  private double y(double value) {
    return Chart.TOP + plot - value / top * plot;
  }
}
