package io.onlooker.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws figures over time. */
final class Plot {

  private final Ask ask;
  private final TimeAxis axis;
  private final Unit unit;
  private final int plot;
  private final List<Chart.Release> releases;

  /**
   * @param ask what a click on a step narrows
   */
  Plot(Ask ask, TimeAxis axis, Unit unit) {
    this(ask, axis, unit, Chart.PLOT, List.of());
  }

  private Plot(Ask ask, TimeAxis axis, Unit unit, int plot, List<Chart.Release> releases) {
    this.ask = ask;
    this.axis = axis;
    this.unit = unit;
    this.plot = plot;
    this.releases = releases;
  }

  /** The same, low enough to stand above a list. */
  Plot low() {
    return new Plot(ask, axis, unit, Chart.LOW, releases);
  }

  /** The same with ticks where these releases came up. */
  Plot marked(List<Chart.Release> newReleases) {
    return new Plot(ask, axis, unit, plot, newReleases);
  }

  /** Bars of parts that add up, the first at the bottom. */
  Chart bars(String title, List<Series> parts) {
    double most = 0;
    for (int i = 0; i < axis.steps(); i++) {
      most = Math.max(most, sum(parts, i));
    }
    double top = unit.roundUp(most);
    List<Chart.Box> boxes = new ArrayList<>();
    for (int i = 0; i < axis.steps(); i++) {
      stack(parts, i, top, boxes);
    }
    return chart(title, parts, top, boxes, List.of(), List.of());
  }

  /** A line for each; one that ends says so there when it is named. */
  Chart lines(String title, List<Series> lines) {
    double top = unit.roundUp(lines.stream().mapToDouble(Series::most).max().orElse(0));
    List<Chart.Curve> curves = new ArrayList<>();
    for (Series line : lines.reversed()) {
      curves.add(new Chart.Curve(path(line, top), line.css()));
    }
    return chart(title, lines, top, List.of(), curves, ends(lines, top));
  }

  private Chart chart(
      String title,
      List<Series> series,
      double top,
      List<Chart.Box> boxes,
      List<Chart.Curve> curves,
      List<Chart.End> ends) {
    return new Chart(
        title,
        about(series),
        plot,
        List.of(
            new Chart.Grid(Chart.TOP, unit.axis(top)),
            new Chart.Grid(Chart.TOP + plot / 2, unit.axis(top / 2))),
        boxes,
        curves,
        ends,
        axis.ticks(),
        releases,
        slots(series),
        sheet(series));
  }

  private void stack(List<Series> parts, int step, double top, List<Chart.Box> boxes) {
    double below = 0;
    for (Series part : parts) {
      double value = part.values().get(step);
      if (value > 0) {
        double height = value / top * plot;
        below += height;
        // What is there must be seen, however little it is beside the rest.
        double seen = Math.max(height, 1.5);
        boxes.add(
            new Chart.Box(
                TimeAxis.percent((double) step / axis.steps()),
                TimeAxis.percent(1.0 / axis.steps()),
                short1(base() - below - (seen - height)),
                short1(seen),
                part.css()));
      }
    }
  }

  /** A move to where the line begins anew after a gap; a lone point is a short dash. */
  private String path(Series line, double top) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    double width = (double) Chart.WIDE / axis.steps();
    for (int i = 0; i < axis.steps(); i++) {
      double value = line.values().get(i);
      if (!Double.isNaN(value)) {
        path.append(drawing ? "L" : "M").append(short1((i + 0.5) * width));
        path.append(' ').append(short1(plot - value / top * plot));
        boolean alone =
            !drawing && (i + 1 == axis.steps() || Double.isNaN(line.values().get(i + 1)));
        path.append(alone ? "h" + short1(width / 2) : "");
      }
      drawing = !Double.isNaN(value);
    }
    return path.toString();
  }

  private List<Chart.End> ends(List<Series> lines, double top) {
    return lines.size() > 2 ? List.of() : new EndNames(unit, top, plot).of(lines);
  }

  private List<Chart.Slot> slots(List<Series> series) {
    List<Chart.Slot> slots = new ArrayList<>();
    for (int i = 0; i < axis.steps(); i++) {
      StringBuilder said = new StringBuilder(axis.name(i));
      for (Series one : series) {
        said.append("   ").append(one.name()).append(' ').append(unit.show(one.values().get(i)));
      }
      int step = i;
      releases.stream()
          .filter(release -> release.step() == step)
          .forEach(release -> said.append("   first seen: ").append(release.name()));
      slots.add(
          new Chart.Slot(
              TimeAxis.percent((double) i / axis.steps()),
              TimeAxis.percent(1.0 / axis.steps()),
              TimeAxis.percent((i + 0.5) / axis.steps()),
              axis.at(i).toString(),
              axis.at(i + 1).toString(),
              said.toString(),
              ask.windowLink(axis.at(i), axis.at(i + 1))));
    }
    return slots;
  }

  private Chart.Sheet sheet(List<Series> series) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < axis.steps(); i++) {
      List<String> row = new ArrayList<>(List.of(axis.name(i)));
      for (Series one : series) {
        row.add(unit.show(one.values().get(i)));
      }
      rows.add(row);
    }
    List<String> heads = new ArrayList<>(List.of("Time"));
    series.forEach(one -> heads.add(one.name()));
    return new Chart.Sheet(heads, rows);
  }

  private String about(List<Series> series) {
    StringBuilder about = new StringBuilder();
    for (Series one : series) {
      Double last = one.last();
      about.append(about.isEmpty() ? "" : "; ").append(one.name());
      about.append(last == null ? ": no value" : ": last " + unit.show(last));
      about.append(last == null ? "" : ", most " + unit.show(one.most()));
    }
    return about.toString();
  }

  private int base() {
    return Chart.TOP + plot;
  }

  private static double sum(List<Series> parts, int step) {
    double sum = 0;
    for (Series part : parts) {
      double value = part.values().get(step);
      sum += Double.isNaN(value) ? 0 : value;
    }
    return sum;
  }

  private static String short1(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
