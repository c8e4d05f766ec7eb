package io.onlooker.server.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

  @Test
  void parse_andPrint() {
    assertThat(KeyLimits.parse(" span=1000/s,error = 60/MIN, span=5000000/day,all=9/d, replay=off"))
        .hasToString("span=1000/s, error=60/min, span=5000000/day, all=9/day, replay=off");
    assertThat(KeyLimits.parse("").all()).isEmpty();
    assertThat(KeyLimits.parse("log=0/s")).hasToString("log=off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"span", "span=", "spam=1/s", "span=-1/s", "span=1", "span=1/y", "span=1.5/s"})
  void parse_wrong(String text) {
    assertThatThrownBy(() -> KeyLimits.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("limit: " + text + " (expected: CATEGORY=AMOUNT/s");
  }
}
