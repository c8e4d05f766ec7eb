package io.onlooker.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.KeyUse;
import io.onlooker.server.access.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits as time goes by. */
class QuotasTest {

  private volatile Instant now = Instant.parse("2026-11-20T23:50:00Z");
  private final AtomicLong nanos = new AtomicLong();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Access access;

  @SuppressWarnings("NullAway.Init")
  private Quotas quotas;

  @BeforeEach
  void open() {
    Clock clock = new SetClock();
    access = Access.open(folder.resolve("settings.db"), clock);
    quotas = new Quotas(access.use(), clock, nanos::get);
  }

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void perSecond_refillsSteadily() {
    Key key = key("span=10/s");

    assertThat(spans(key, 10).refused()).isEmpty();
    assertThat(spans(key, 1).refused()).contains(Category.SPAN);

    pass(100);
    assertThat(spans(key, 1).refused()).isEmpty();
    assertThat(spans(key, 1).refused()).contains(Category.SPAN);
  }

  @Test
  void perSecond_largeRequestPassesAndIsPaidOff() {
    Key key = key("span=10/s");

    Verdict large = spans(key, 50);

    assertThat(large.refused()).isEmpty();
    assertThat(large.rateLimits()).isEqualTo("5:span;transaction:key:rate_limit");
    pass(3000);
    assertThat(spans(key, 1).retrySeconds()).isEqualTo(2);
    pass(1200);
    assertThat(spans(key, 1).refused()).isEmpty();
  }

  @Test
  void perSecond_clockOfTheWallDoesNotMatter() {
    Key key = key("span=10/min");
    spans(key, 10);

    now = now.minusSeconds(86_400);
    assertThat(spans(key, 1).refused()).contains(Category.SPAN);
    now = now.plusSeconds(30 * 86_400);
    assertThat(spans(key, 1).refused()).contains(Category.SPAN);
    pass(6000);
    assertThat(spans(key, 1).refused()).isEmpty();
  }

  @Test
  void perDay_endsAtMidnight() {
    Key key = key("span=10/day");
    access.use().count(key.id(), "span", KeyUse.ACCEPTED, 10);

    Verdict refused = spans(key, 1);
    assertThat(refused.refuses(Category.TRANSACTION)).isFalse();
    assertThat(refused.refuses(Category.SPAN)).isTrue();
    assertThat(refused.retrySeconds()).isEqualTo(600);

    now = now.plusSeconds(600);
    assertThat(spans(key, 1).refused()).isEmpty();
  }

  @Test
  void otherCategory_passes() {
    Key key = key("span=off");

    assertThat(quotas.admit(key, Map.of(Category.LOG, 5L)).refused()).isEmpty();
    assertThat(quotas.admit(key, Map.of(Category.LOG, 5L)).rateLimits())
        .isEqualTo("600:span;transaction:key:disabled");
  }

  private Verdict spans(Key key, long count) {
    return quotas.admit(key, Map.of(Category.SPAN, count));
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Key key(String limits) {
    long id = access.createKey(1, Scope.INGEST, "test").key().id();
    access.limitKey(id, limits);
    return Objects.requireNonNull(access.keyOf(id));
  }

  private final class SetClock extends Clock {

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
