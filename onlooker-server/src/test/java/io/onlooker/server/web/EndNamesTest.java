package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names at the ends of lines stand clear of the lines, and of each other. */
final class EndNamesTest {

  private static final int STEPS = 48;

  private static Series flat(String name, double value) {
    return new Series(name, "now", IntStream.range(0, STEPS).mapToObj(_ -> value).toList());
  }

  /** From the ground to 30 and back in its last steps. */
  private static Series wild(String name) {
    List<Double> values = new ArrayList<>(flat(name, 4).values());
    for (int i = STEPS - 10; i < STEPS; i++) {
      values.set(i, i % 2 == 0 ? 30.0 : 15.0);
    }
    return new Series(name, "now", values);
  }

  private static List<Chart.End> names(Series... lines) {
    return new EndNames(List.of(lines), Unit.SECONDS, 40, Chart.PLOT).all();
  }

  private static double y(double value) {
    return Chart.TOP + Chart.PLOT - value / 40 * Chart.PLOT;
  }

  @Test
  void flatLines_oneNameOnEachSide() {
    List<Chart.End> names = names(flat("today", 20), flat("yesterday", 18));

    for (Chart.End name : names) {
      for (double line : List.of(y(20), y(18))) {
        assertThat(line < name.y() - 11 || line > name.y() + 3).as("%s at %s", line, name).isTrue();
      }
    }
    assertThat(Math.abs(names.get(0).y() - names.get(1).y())).isGreaterThanOrEqualTo(15);
  }

  @Test
  void flatLineAtTheGround_isNotCovered() {
    List<Chart.End> names = names(wild("today"), flat("yesterday", 4.4));

    Chart.End yesterday = names.get(1);
    assertThat(yesterday.y() + 3.0 < y(4.4) || yesterday.y() - 11.0 > y(4.4)).isTrue();
    assertThat(yesterday.y()).isLessThanOrEqualTo(Chart.TOP + Chart.PLOT);
  }

  @Test
  void wildLine_standsWhereLeastRunsThrough() {
    Chart.End today = names(wild("today"), flat("yesterday", 4.4)).getFirst();

    boolean clear = today.y() < y(30) - 3 || today.y() - 11 > y(15);
    assertThat(clear).as("at %s", today).isTrue();
  }

  @Test
  void lineWithoutAValue_hasNoName() {
    assertThat(names(flat("today", Double.NaN), flat("yesterday", 3)))
        .extracting(Chart.End::text)
        .singleElement()
        .asString()
        .startsWith("yesterday");
  }
}
