package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RushTest {

  private static final long BEGINS = TimeUnit.NANOSECONDS.toMillis(Rush.BEGINS_AFTER_NANOS);
  private static final long LATEST = TimeUnit.NANOSECONDS.toMillis(Rush.LATEST_NANOS);

  private long millis = -5_000;
  private final Rush rush = new Rush(() -> millis * 1_000_000);

  @Test
  void rush_beginsAfterSeconds() {
    assertThat(rush.lasts()).isFalse();

    arrive(Rush.MANY, BEGINS - 200);
    assertThat(rush.lasts()).isFalse();

    arrive(Rush.MANY, 400);
    assertThat(rush.lasts()).isTrue();
  }

  @Test
  void rush_ofFewTraces_isNone() {
    arrive(Rush.MANY - 1, 2 * BEGINS);

    assertThat(rush.lasts()).isFalse();
  }

  @Test
  void rush_goesOn_whenOneFoldFindsFew() {
    arrive(Rush.MANY, BEGINS + 200);
    arrive(0, 200);
    assertThat(rush.lasts()).isTrue();

    arrive(Rush.MANY, 200);
    assertThat(rush.lasts()).isTrue();
  }

  @Test
  void rush_isOver_whenTheLastFoldIsTooLongAgo() {
    arrive(Rush.MANY, BEGINS + 200);
    millis += LATEST;
    assertThat(rush.lasts()).isFalse();

    arrive(Rush.MANY, BEGINS - 200);
    assertThat(rush.lasts()).isFalse();
  }

  @Test
  void fold_thatTakesTooLong_isNotWaitedForInVain() {
    arrive(Rush.MANY, BEGINS + 200);

    rush.watch(() -> {
      millis += LATEST + 1;
      return Rush.MANY;
    });

    assertThat(rush.lasts()).isFalse();
  }

  /** Folds five times a second. */
  private void arrive(int traces, long forMillis) {
    for (long end = millis + forMillis; millis < end; millis += 200) {
      rush.watch(() -> traces);
    }
  }
}
