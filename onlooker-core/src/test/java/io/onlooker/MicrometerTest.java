package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over Micrometer's context propagation, which finds our accessor by itself. */
class MicrometerTest {

  private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();
  private final Recorded sink = new Recorded();

  @AfterEach
  void close() {
    Onlooker.current().close();
    sink.close();
  }

  @ParameterizedTest
  @EnumSource
  void snapshot_carriesTheSpanAndTakesItBack(OtelMode mode) {
    Onlooker onlooker = Onlooker.init(options -> options.exporter(sink).otel(mode));
    onlooker.runSpan(
        SpanOptions.named("outer"),
        span -> {
          ContextSnapshot snapshot = snapshots.captureAll();
          CompletableFuture.runAsync(
                  () -> {
                    try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                      assertThat(scope).isNotNull();
                      onlooker.startInactiveSpan("child").end();
                    }
                    onlooker.startInactiveSpan("after").end();
                  })
              .join();
        });

    onlooker.flush(Recorded.PATIENCE);
    assertThat(sink.span("child").parentSpanId()).isEqualTo(sink.span("outer").spanId());
    assertThat(sink.span("after").parentSpanId()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void snapshot_nested(OtelMode mode) {
    Onlooker onlooker = Onlooker.init(options -> options.exporter(sink).otel(mode));
    ContextSnapshot first = onlooker.startSpan("first", span -> snapshots.captureAll());
    onlooker.runSpan(
        SpanOptions.named("second"),
        span -> {
          try (ContextSnapshot.Scope scope = first.setThreadLocals()) {
            assertThat(scope).isNotNull();
            onlooker.startInactiveSpan("below first").end();
          }
          onlooker.startInactiveSpan("below second").end();
        });

    onlooker.flush(Recorded.PATIENCE);
    assertThat(sink.span("below first").parentSpanId()).isEqualTo(sink.span("first").spanId());
    assertThat(sink.span("below second").parentSpanId()).isEqualTo(sink.span("second").spanId());
  }
}
