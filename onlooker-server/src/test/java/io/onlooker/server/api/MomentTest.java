package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onlooker.server.http.HttpProblem;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-20, 2026-11-20T00:00:00Z",
    "2026-11-20T08:54:01Z, 2026-11-20T08:54:01Z",
    "2026-11-20T08:54:01.123456Z, 2026-11-20T08:54:01.123456Z",
    "2026-11-20T08:54:01+02:00, 2026-11-20T06:54:01Z",
    "2026-11-20T08:54:01 02:00, 2026-11-20T06:54:01Z",
    "2026-11-20T08:54:01, 2026-11-20T08:54:01Z",
    "now, 2026-11-20T10:00:00Z",
    "-24h, 2026-11-19T10:00:00Z",
    "now-15m, 2026-11-20T09:45:00Z",
    "-1w, 2026-11-13T10:00:00Z",
    "1795165200, 2026-11-20T09:00:00Z",
    "1795165200.25, 2026-11-20T09:00:00.250Z",
    "1795165200250, 2026-11-20T09:00:00.250Z",
    "1795165200250000, 2026-11-20T09:00:00.250Z",
    "1795165200250000001, 2026-11-20T09:00:00.250000001Z"
  })
  void moment(String text, Instant expected) {
    assertThat(Moment.of("from", text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "24h",
        "5",
        "2026",
        "2026-13-01",
        "now+5m",
        "-5y",
        "-99999999999h",
        "1e9",
        "'",
        "9999999999999999999"
      })
  void moment_thatIsNone(String text) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> Moment.of("from", text, NOW))
        .withMessageStartingWith("from: " + text + " (expected: ");
  }
}
