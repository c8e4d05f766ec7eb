package io.onlooker.store.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaceTest {

  private long nanos;
  private final Pace pace = new Pace(() -> nanos);

  @BeforeEach
  void aUsualSealTakesASecond() {
    pace.sealed(1, SECONDS.toNanos(1));
  }

  @Test
  void delay_littleWaits() {
    assertThat(pace.delay(0.01, 1.49)).isZero();
  }

  @Test
  void delay_nothingIsKnownOfSealing() {
    assertThat(new Pace(() -> nanos).delay(0.01, 2)).isZero();
  }

  @Test
  void delay_eachWaitsForThoseBefore() {
    assertThat(pace.delay(0.01, 1.5)).isEqualTo(10_000_000);
    assertThat(pace.delay(0.01, 1.5)).isEqualTo(20_000_000);

    nanos += 15_000_000;
    assertThat(pace.delay(0.01, 1.5)).isEqualTo(15_000_000);

    nanos += SECONDS.toNanos(1);
    assertThat(pace.delay(0.01, 1.5)).as("nobody is before it").isEqualTo(10_000_000);
  }

  @Test
  void delay_theMoreWaitsTheLonger() {
    assertThat(pace.delay(0.01, 3)).isEqualTo(20_000_000);
  }

  @Test
  void delay_asTheLastSealTells() {
    pace.sealed(2, SECONDS.toNanos(1));
    pace.sealed(0.1, SECONDS.toNanos(1));

    assertThat(pace.delay(0.01, 1.5)).as("a small seal tells nothing").isEqualTo(5_000_000);
  }

  @Test
  void delay_neverBeyondASecond() {
    assertThat(pace.delay(5, 3)).isEqualTo(SECONDS.toNanos(1));
    assertThat(pace.delay(5, 3)).isEqualTo(SECONDS.toNanos(1));
  }
}
