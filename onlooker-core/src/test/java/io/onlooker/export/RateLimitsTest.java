package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final RateLimits limits = new RateLimits(now::get);

  @Test
  void category_untilItsTimeIsOver() {
    limits.apply("10:error;log_item");

    assertThat(limits.limited(Category.ERROR)).isTrue();
    assertThat(limits.limited(Category.LOG)).isTrue();
    assertThat(limits.limited(Category.TRANSACTION)).isFalse();

    now.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(limits.limited(Category.ERROR)).isFalse();
  }

  @Test
  void category_empty_meansAll() {
    limits.apply("10::organization");

    assertThat(Category.values()).allMatch(limits::limited);
  }

  @Test
  void span_limitsTransactionsToo() {
    limits.apply("10:span");

    assertThat(limits.limited(Category.TRANSACTION)).isTrue();
    assertThat(limits.limited(Category.ERROR)).isFalse();
  }

  @Test
  void category_longestCounts() {
    limits.apply("100:span, 1:span");
    now.addAndGet(TimeUnit.SECONDS.toNanos(50));

    assertThat(limits.limited(Category.SPAN)).isTrue();
  }

  @Test
  void all_withoutATime_aMinute() {
    limits.applyToAll(null);
    now.addAndGet(TimeUnit.SECONDS.toNanos(59));
    assertThat(limits.limited(Category.SPAN)).isTrue();

    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(limits.limited(Category.SPAN)).isFalse();
  }

  @Test
  void seconds_anyText() {
    assertThat(RateLimits.seconds(" 2.5 ")).isEqualTo(3);
    assertThat(RateLimits.seconds("-1")).isZero();
    assertThat(RateLimits.seconds("1e99")).isEqualTo(86_400);
    assertThat(RateLimits.seconds("Wed, 21 Oct 2026 07:28:00 GMT")).isEqualTo(60);
  }
}
