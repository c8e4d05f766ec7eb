package io.onlooker.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruncationTest {

  @Test
  void cut_withinAnAddress() {
    StringBuilder text = new StringBuilder("write to john@exam");

    assertThat(Truncation.cutLastWord(text)).isEqualTo(9);
    assertThat(text).hasToString("write to ");
  }

  @Test
  void cut_behindASpace() {
    StringBuilder text = new StringBuilder("write to ");

    assertThat(Truncation.cutLastWord(text)).isZero();
  }

  @Test
  void cut_ofATextWithoutSpaces() {
    StringBuilder text = new StringBuilder("가".repeat(5_000));

    assertThat(Truncation.cutLastWord(text)).isEqualTo(1_024);
    assertThat(text).hasSize(5_000 - 1_024);
  }
}
