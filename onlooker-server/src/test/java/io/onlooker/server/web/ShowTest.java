package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShowTest {

  private static final Instant NOW = Instant.parse("2026-11-20T08:54:30Z");
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Test
  void count() {
    assertThat(Show.count(2418)).isEqualTo("2,418");
    assertThat(Show.count(0)).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "771, 771",
    "999, 999",
    "1000, 1.0k",
    "6512, 6.5k",
    "99940, 99.9k",
    "99950, 100k",
    "118400, 118k",
    "999499, 999k",
    "999500, 1.0M",
    "41200000, 41.2M",
    "999500000, 1.0G"
  })
  void tokens(long tokens, String shown) {
    assertThat(Show.tokens(tokens)).isEqualTo(shown);
  }

  @Test
  void tokens_inAndOut() {
    assertThat(Show.tokens(6512L, 771L)).isEqualTo("6.5k → 771");
    assertThat(Show.tokens(900L, null)).isEqualTo("900 → –");
    assertThat(Show.tokens(null, null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, $0",
    "0.00009, <$0.0001",
    "0.0001, $0.0001",
    "0.0238, $0.0238",
    "0.5, $0.5000",
    "118.4, $118.40",
    "999.99, $999.99",
    "12345.6, '$12,346'"
  })
  void cost(String usd, String shown) {
    assertThat(Show.usd(new BigDecimal(usd))).isEqualTo(shown);
  }

  @Test
  void cost_ofAThousand() {
    assertThat(Show.usd(new BigDecimal("1234"))).isEqualTo("$1,234");
  }

  @Test
  void cost_ofCallsWithAndWithoutPrice() {
    BigDecimal usd = new BigDecimal("0.02381");

    assertThat(Show.cost(new Session.Cost(usd, 0))).isEqualTo("$0.0238");
    assertThat(Show.cost(new Session.Cost(usd, 2))).isEqualTo("≥ $0.0238");
    assertThat(Show.cost(new Session.Cost(null, 1))).isEqualTo("— no price");
    assertThat(Show.cost(Session.Cost.NONE)).isEqualTo("—");
  }

  @Test
  void exactCost_saysWhatIsMissing() {
    BigDecimal usd = new BigDecimal("0.02381");

    assertThat(Show.exactCost(new Session.Cost(usd, 0))).isEqualTo("$0.02381");
    assertThat(Show.exactCost(new Session.Cost(usd, 2)))
        .isEqualTo("At least $0.02381: 2 model calls have no known cost");
    assertThat(Show.exactCost(new Session.Cost(null, 1)))
        .isEqualTo("1 model call has no known cost");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "400000, 0.4 ms",
    "9949999, 9.9 ms",
    "9960000, 10 ms",
    "812000000, 812 ms",
    "999600000, 1.00 s",
    "2390000000, 2.39 s",
    "9996000000, 10.0 s",
    "30600000000, 30.6 s",
    "59960000000, 1m 00s",
    "3021000000000, 50m 21s",
    "7500000000000, 2h 05m",
    "273600000000000, 3d 04h",
    "-12000000, −12 ms"
  })
  void duration(long nanos, String shown) {
    assertThat(Show.duration(nanos)).isEqualTo(shown);
  }

  @Test
  void duration_running() {
    long start = NOW.minusSeconds(12).getEpochSecond() * 1_000_000_000L;

    assertThat(Show.duration(start, SpanData.OPEN, NOW)).isEqualTo("12 s…");
    assertThat(Show.duration(start - 3_009_000_000_000L, SpanData.OPEN, NOW)).isEqualTo("50m 21s…");
    assertThat(Show.duration(start, start + 2_390_000_000L, NOW)).isEqualTo("2.39 s");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T08:54:01Z, 08:54:01",
    "2026-11-19T08:54:01Z, 19 Nov 08:54",
    "2025-11-19T08:54:01Z, 19 Nov 2025 08:54"
  })
  void time(Instant time, String shown) {
    assertThat(Show.time(time.getEpochSecond() * 1_000_000_000L, UTC, NOW)).isEqualTo(shown);
  }

  @Test
  void time_inAnotherZone() {
    long nanos = Instant.parse("2026-11-19T15:30:00Z").getEpochSecond() * 1_000_000_000L;

    assertThat(Show.time(nanos, ZoneId.of("Asia/Seoul"), NOW)).isEqualTo("00:30:00");
    assertThat(Show.exactTime(nanos + 250_000_000)).isEqualTo("2026-11-19T15:30:00.250Z");
  }

  @Test
  void id() {
    assertThat(Show.id("9f3c21aa0b1c2d3e")).isEqualTo("9f3c21aa");
    assertThat(Show.id("th-1")).isEqualTo("th-1");
  }

  @ParameterizedTest
  @CsvSource({"812, 812 B", "46000, 46 kB", "182400, 182 kB", "999500, 1.0 MB", "2097152, 2.1 MB"})
  void bytes(long bytes, String shown) {
    assertThat(Show.bytes(bytes)).isEqualTo(shown);
  }
}
