package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplingTest {

  @Test
  void never_recordsNothingAndSaysSo() {
    try (Recorded recorded = new Recorded(options -> options.sampler(Sampler.never()))) {
      recorded.onlooker.runSpan(
          SpanOptions.named("root"),
          root -> {
            assertThat(root.recording()).isFalse();
            root.setAttribute("a", 1);
            Span child = recorded.onlooker.startInactiveSpan("child");
            assertThat(child.traceId()).isEqualTo(root.traceId());
            assertThat(recorded.onlooker.traceData().get("sentry-trace"))
                .isEqualTo(root.traceId() + "-" + root.spanId() + "-0");
            child.end();
          });

      assertThat(recorded.spans()).isEmpty();
      assertThat(recorded.onlooker.metrics().dropped(Drop.UNSAMPLED)).isEqualTo(2);
    }
  }

  @Test
  void ratio_isDecidedByTheTraceId() {
    int sampled = 0;
    try (Recorded recorded = new Recorded(options -> options.tracesSampleRate(0.25))) {
      for (int i = 0; i < 2000; i++) {
        Span span = recorded.onlooker.startInactiveSpan("root");
        boolean expected = Ids.fraction(Ids.parse(span.traceId(), 16)) < 0.25;
        assertThat(span.recording()).isEqualTo(expected);
        sampled += span.recording() ? 1 : 0;
        span.end();
      }
    }
    assertThat(sampled).isBetween(350, 650);
  }

  @Test
  void custom_seesWhatTheRootIsToBe() {
    Sampler noHealth = (root, fraction) -> !root.name().equals("GET /health");
    try (Recorded recorded = new Recorded(options -> options.sampler(noHealth))) {
      recorded.onlooker.startSpan("GET /health", span -> 1);
      recorded.onlooker.startSpan("GET /orders", span -> 1);

      assertThat(recorded.span().name()).isEqualTo("GET /orders");
    }
  }

  @Test
  void custom_thatFailsLosesNothing() {
    Sampler failing =
        (root, fraction) -> {
          throw new IllegalStateException("no decision");
        };
    try (Recorded recorded = new Recorded(options -> options.sampler(failing))) {
      recorded.onlooker.startSpan("root", span -> 1);

      assertThat(recorded.spans()).hasSize(1);
    }
  }

  @Test
  void ratio_impossible() {
    assertThatThrownBy(() -> Sampler.ratio(2)).hasMessage("ratio: 2.0 (expected: 0.0 to 1.0)");
  }
}
