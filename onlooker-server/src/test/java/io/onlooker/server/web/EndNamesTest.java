package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names stand at the ends of their lines, and not on each other. */
final class EndNamesTest {

  private static final int TOP = 40;

  private static List<Chart.End> names(Series... lines) {
    return new EndNames(Unit.SECONDS, TOP, Chart.PLOT).of(List.of(lines));
  }

  private static Series ending(String name, double value) {
    return new Series(name, "now", List.of(1.0, value));
  }

  private static double y(double value) {
    return Chart.TOP + Chart.PLOT - value / TOP * Chart.PLOT;
  }

  @Test
  void farApart_eachAtItsEnd() {
    List<Chart.End> names = names(ending("today", 30), ending("yesterday", 4));

    assertThat((double) names.get(0).y()).isBetween(y(30), y(30) + 8);
    assertThat((double) names.get(1).y()).isBetween(y(4), y(4) + 8);
  }

  @Test
  void close_theHigherAbove() {
    List<Chart.End> rising = names(ending("today", 21), ending("yesterday", 20));
    List<Chart.End> falling = names(ending("today", 20), ending("yesterday", 21));

    assertThat(rising.get(1).y() - rising.get(0).y()).isBetween(14, 16);
    assertThat(falling.get(0).y() - falling.get(1).y()).isBetween(14, 16);
  }

  @Test
  void atTheEdges_insideTheDrawing() {
    for (double value : List.of(0.0, 40.0)) {
      List<Chart.End> names = names(ending("today", value), ending("yesterday", value));

      assertThat(names)
          .allSatisfy(name -> assertThat(name.y()).isBetween(12, Chart.TOP + Chart.PLOT + 4));
      assertThat(Math.abs(names.get(0).y() - names.get(1).y())).isBetween(14, 16);
    }
  }

  @Test
  void lineWithoutAValue_hasNoName() {
    assertThat(names(ending("today", Double.NaN), ending("yesterday", 3)))
        .extracting(Chart.End::text)
        .first()
        .asString()
        .startsWith("today 1");
    Series none = new Series("today", "now", List.of(Double.NaN, Double.NaN));
    assertThat(names(none, ending("yesterday", 3)))
        .extracting(Chart.End::text)
        .singleElement()
        .asString()
        .startsWith("yesterday");
  }
}
