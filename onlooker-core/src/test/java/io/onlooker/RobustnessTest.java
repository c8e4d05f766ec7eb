package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the application says, it goes on, and what can be told is told. */
class RobustnessTest {

  private final Recorded recorded = new Recorded();
  private final Onlooker onlooker = recorded.onlooker;

  @AfterEach
  void close() {
    recorded.close();
  }

  private Map<String, Object> attributesOf(@Nullable Object value) {
    Span span = onlooker.startInactiveSpan("span");
    span.setAttribute("value", value).setAttribute("after", true).end();
    return recorded.span().attributes().toMap();
  }

  @Test
  void attribute_null() {
    assertThat(attributesOf(null)).containsOnlyKeys("after");
  }

  @Test
  void attribute_notANumber() {
    assertThat(attributesOf(Double.NaN)).containsEntry("value", "NaN");
  }

  @Test
  void attribute_bigDecimal() {
    assertThat(attributesOf(new BigDecimal("0.10"))).containsEntry("value", "0.10");
  }

  @Test
  void attribute_array() {
    assertThat(attributesOf(new Object[] {"a", 1, null})).containsEntry("value", List.of("a", 1L));
  }

  @Test
  void attribute_listThatHoldsItself() {
    List<Object> list = new ArrayList<>();
    list.add("a");
    list.add(list);

    assertThat(attributesOf(list)).containsEntry("value", List.of("a", "[a, (this Collection)]"));
  }

  @Test
  void attribute_graphThatNeverEnds() {
    List<Object> one = new ArrayList<>();
    List<Object> two = new ArrayList<>(List.of(one));
    one.add(two);

    assertThat(String.valueOf(attributesOf(one).get("value"))).contains("StackOverflowError");
  }

  @Test
  void attribute_toStringThatThrows() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException();
          }
        };

    assertThat(String.valueOf(attributesOf(hostile).get("value")))
        .contains("toString: java.lang.UnsupportedOperationException");
  }

  @Test
  void attributes_mapWithNulls() {
    Map<String, @Nullable Object> map = new HashMap<>();
    map.put("a", null);
    map.put("b", 1);
    onlooker.runSpan(SpanOptions.named("span"), span -> span.setAttributes(map));

    assertThat(recorded.span().attributes().toMap()).containsOnlyKeys("b");
  }

  @Test
  void input_isKeptAsItIs() {
    String large = "x".repeat(10 << 20);
    onlooker.runSpan(SpanOptions.named("span").input(large), span -> {});

    assertThat(recorded.span().input()).isSameAs(large);
  }

  @Test
  void exception_whoseMessageThrows() {
    RuntimeException hostile =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("no message");
          }
        };
    onlooker.captureException(hostile);
    onlooker.runSpan(SpanOptions.named("span"), span -> span.recordException(hostile));

    assertThat(recorded.errors().get(0).exceptions().get(0).value()).contains("getMessage");
    assertThat(recorded.span().status().code()).isEqualTo(SpanStatus.Code.ERROR);
  }

  @Test
  void exception_whoseStackThrows() {
    RuntimeException hostile =
        new RuntimeException("told") {
          private static final long serialVersionUID = 1L;

          @Override
          public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
          }
        };
    onlooker.runSpan(
        SpanOptions.named("span"), span -> span.recordException(hostile).setAttribute("a", 1));

    assertThat(recorded.span().attributes().toMap())
        .containsEntry("a", 1L)
        .containsEntry("onlooker.unreadable", "EXCEPTION: java.lang.IllegalStateException");
  }

  @Test
  void exception_thatIsItsOwnCause() {
    Exception outer = new Exception("outer");
    Exception inner = new Exception("inner", outer);
    outer.initCause(inner);
    onlooker.captureException(outer);

    assertThat(recorded.errors().get(0).exceptions()).hasSize(2);
  }

  @Test
  void span_fromManyThreads() throws Exception {
    Span span = onlooker.startInactiveSpan("shared");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    ConcurrentLinkedQueue<Future<?>> done = new ConcurrentLinkedQueue<>();
    for (int t = 0; t < 4; t++) {
      int thread = t;
      done.add(
          pool.submit(() -> {
            for (int i = 0; i < 200; i++) {
              span.setAttribute("t" + thread + "." + i, i);
              span.startChild(SpanOptions.named("child")).end();
            }
          }));
    }
    for (int i = 0; i < 200; i++) {
      span.setAttribute("own." + i, i);
    }
    for (Future<?> task : done) {
      task.get();
    }
    pool.shutdown();
    span.end();

    assertThat(recorded.span("shared").attributes().size()).isEqualTo(1000);
    assertThat(recorded.spans()).hasSize(801);
  }

  @Test
  void end_byTwoThreadsAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    for (int i = 0; i < 200; i++) {
      Span span = onlooker.startInactiveSpan("race");
      Future<?> one = pool.submit(() -> span.end());
      Future<?> two = pool.submit(() -> span.end());
      one.get();
      two.get();
    }
    pool.shutdown();

    assertThat(recorded.spans()).hasSize(200);
  }

  @Test
  void attribute_toStringForWhichThereIsNoMemory() {
    Object greedy =
        new Object() {
          @Override
          public String toString() {
            throw new OutOfMemoryError("no memory");
          }
        };

    assertThat(attributesOf(greedy))
        .containsEntry("after", true)
        .containsEntry("onlooker.unreadable", "value: java.lang.OutOfMemoryError");
  }

  @Test
  @SuppressWarnings("NullAway") // what the compiler would not let through
  void span_nullsEverywhere() {
    Span span = onlooker.startInactiveSpan("span");
    span.set(null).setName(null).setStatus(null).setStatus(null, "x").setAttributes(null);
    span.setAttribute(null, 1).metadata(null, 1).recordException(null).error(null);
    span.event(null, null).startChild(null).end();
    span.end(null);

    assertThat(recorded.span().name()).isEqualTo("span");
    assertThat(recorded.span().attributes().isEmpty()).isTrue();
    assertThat(recorded.span().endNanos()).isGreaterThanOrEqualTo(recorded.span().startNanos());
  }

  @Test
  @SuppressWarnings("NullAway") // an exception's cause or message, passed on unseen
  void captureAndLog_null() {
    assertThat(onlooker.captureException(new Exception("top").getCause())).hasSize(32);
    onlooker.captureMessage(null, LogData.Level.INFO);
    onlooker.logger().error(new Exception().getMessage());
    onlooker.logger().error("no {}", (Object[]) null);

    assertThat(recorded.errors()).isEmpty();
    assertThat(onlooker.metrics().dropped(Drop.INVALID)).isEqualTo(2);
    assertThat(recorded.logs()).extracting(LogData::body).containsExactly("null", "no {}");
  }

  @Test
  void flush_forEver() {
    onlooker.startInactiveSpan("span").end();

    assertThat(onlooker.flush(ChronoUnit.FOREVER.getDuration())).isTrue();
    assertThat(onlooker.shutdown(ChronoUnit.FOREVER.getDuration())).isTrue();
  }
}
