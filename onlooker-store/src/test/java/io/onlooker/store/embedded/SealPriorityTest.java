package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SealPriorityTest {

  private final SealPriority priority = new SealPriority();

  @Test
  void isLow_nothingIsKnownOfSealing() {
    assertThat(priority.isLow(1, seconds(300))).isFalse();
  }

  @Test
  void isLow_whileTheNextSealIsFarAway() {
    priority.sealed(1, seconds(2));

    assertThat(priority.isLow(1, seconds(6))).isTrue();
    assertThat(priority.isLow(1, seconds(6) - 1)).isFalse();
    assertThat(priority.isLow(0.5, seconds(3))).as("as fast, sealed earlier").isTrue();
  }

  @Test
  void isLow_sealingFellBehind() {
    priority.sealed(1, seconds(2));

    assertThat(priority.isLow(1.25, seconds(60))).isTrue();
    assertThat(priority.isLow(1.3, seconds(60))).isFalse();
  }

  @Test
  void isLow_asTheLastSealTells() {
    priority.sealed(1, seconds(2));
    priority.sealed(2, seconds(2));
    priority.sealed(0.1, seconds(2));

    assertThat(priority.isLow(1, seconds(3))).as("a small seal tells nothing").isTrue();
  }

  private static long seconds(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }
}
