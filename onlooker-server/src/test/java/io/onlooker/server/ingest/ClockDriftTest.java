package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Envelopes of senders whose clock is wrong. */
class ClockDriftTest {

  private static final long SECOND = 1_000_000_000;
  private static final long NOW = Instant.parse("2026-11-20T12:00:00Z").getEpochSecond() * SECOND;
  private static final long QUARTER = 15 * 60 * SECOND;

  @Test
  void clock_ahead() throws Malformed {
    SpanData span = span("2026-11-20T15:00:02Z", 3 * 3600);

    assertThat(span.startNanos()).isEqualTo(NOW);
    assertThat(span.durationNanos()).isEqualTo(2 * SECOND);
    assertThat(span.attributes().number(ClockDrift.ATTRIBUTE)).isEqualTo(-3 * 3_600_000.0);
  }

  @Test
  void clock_aheadByAlmostTheSame() throws Malformed {
    SpanData one = span("2026-11-20T15:00:02Z", 3 * 3600);
    SpanData other = span("2026-11-20T15:04:59Z", 3 * 3600 + 1);

    assertThat(other.startNanos() - one.startNanos()).isEqualTo(SECOND);
    assertThat(one.startNanos() % QUARTER).isZero();
  }

  @Test
  void clock_aheadByLittle() throws Malformed {
    SpanData span = span("2026-11-20T12:54:59Z", 0);

    assertThat(span.startNanos()).isEqualTo(NOW);
    assertThat(span.attributes().has(ClockDrift.ATTRIBUTE)).isFalse();
  }

  @Test
  void clock_behindOrRecording() throws Malformed {
    SpanData span = span("2026-11-01T12:00:00Z", -19 * 86_400);

    assertThat(span.startNanos()).isEqualTo(NOW - 19L * 86_400 * SECOND);
  }

  @Test
  void sentAt_unreadable() throws Malformed {
    assertThat(span("yesterday", 0).startNanos()).isEqualTo(NOW);
  }

  private static SpanData span(String sentAt, long secondsFromNow) throws Malformed {
    long start = NOW / SECOND + secondsFromNow;
    String payload =
        """
        {"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"00f067aa0ba902b7","name":"a",\
        "start_timestamp":%d,"end_timestamp":%d,"status":"ok"}\
        """
            .formatted(start, start + 2);
    String envelope =
        "{\"sent_at\":\"%s\"}\n{\"type\":\"span\",\"item_count\":1}\n{\"items\":[%s]}\n"
            .formatted(sentAt, payload);
    byte[] body = envelope.getBytes(StandardCharsets.UTF_8);
    return (SpanData) new SentryProtocol(10).envelope(body, NOW).items().getFirst();
  }
}
