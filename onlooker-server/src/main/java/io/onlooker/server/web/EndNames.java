package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;

/** Where the names of lines stand, right of the drawing: each at the end of its line. */
final class EndNames {

  /** Between the feet of two names, in pixels. */
  private static final double APART = 15;

  /** From the middle of letters to their foot. */
  private static final double FOOT = 4;

  /** The foot of the highest name. */
  private static final double HIGHEST = 12;

  private final Unit unit;
  private final double top;
  private final int plot;

  /**
   * @param top the value at the top of the drawing
   * @param plot how high the drawing is
   */
  EndNames(Unit unit, double top, int plot) {
    this.unit = unit;
    this.top = top;
    this.plot = plot;
  }

  /** One for each line that has a value, in their order; of two at most. */
  List<Chart.End> of(List<Series> lines) {
    List<Series> ending = lines.stream().filter(line -> line.last() != null).toList();
    List<Double> feet = new ArrayList<>(ending.stream().map(this::foot).toList());
    if (feet.size() == 2 && Math.abs(feet.get(0) - feet.get(1)) < APART) {
      boolean firstAbove = feet.get(0) <= feet.get(1);
      double middle = (feet.get(0) + feet.get(1)) / 2;
      double upper = Math.clamp(middle - APART / 2, HIGHEST, lowest() - APART);
      feet.set(firstAbove ? 0 : 1, upper);
      feet.set(firstAbove ? 1 : 0, upper + APART);
    }
    List<Chart.End> ends = new ArrayList<>();
    for (Series line : ending) {
      String text = line.name() + " " + unit.show(line.last());
      ends.add(new Chart.End((int) Math.round(feet.get(ends.size())), text, line.css()));
    }
    return ends;
  }

  private double foot(Series line) {
    Double last = line.last();
    double y = Chart.TOP + plot - (last == null ? 0 : last) / top * plot;
    return Math.clamp(y + FOOT, HIGHEST, lowest());
  }

  private double lowest() {
    return Chart.TOP + plot + FOOT;
  }
}
