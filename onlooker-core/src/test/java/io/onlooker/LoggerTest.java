package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggerTest {

  private final Recorded recorded = new Recorded();
  private final Logger logger = recorded.onlooker.logger();

  @AfterEach
  void close() {
    recorded.close();
  }

  @Test
  void log_templateAndParametersApart() {
    recorded.onlooker.runSpan(
        SpanOptions.named("Checkout"),
        span -> logger.info("Order {} confirmed via {}", "o-1", "stripe"));

    LogData log = recorded.logs().get(0);
    assertThat(log.body()).isEqualTo("Order o-1 confirmed via stripe");
    assertThat(log.level()).isEqualTo(LogData.Level.INFO);
    assertThat(log.attributes().toMap())
        .containsOnly(
            entry("sentry.message.template", "Order {} confirmed via {}"),
            entry("sentry.message.parameter.0", "o-1"),
            entry("sentry.message.parameter.1", "stripe"));
    assertThat(log.traceId()).isEqualTo(recorded.span().traceId());
    assertThat(log.spanId()).isEqualTo(recorded.span().spanId());
  }

  @Test
  void log_everyLevel() {
    logger.trace("1");
    logger.debug("2");
    logger.info("3");
    logger.warn("4");
    logger.error("5");
    logger.fatal("6");

    assertThat(recorded.logs()).extracting(LogData::level).containsExactly(LogData.Level.values());
    assertThat(recorded.logs().get(0).attributes().isEmpty()).isTrue();
    assertThat(recorded.logs().get(0).traceId()).isNull();
  }

  @Test
  void log_numbersStayNumbers() {
    logger.info("turn {} took {} s", 3, 1.5);

    assertThat(recorded.logs().get(0).attributes().get("sentry.message.parameter.0")).isEqualTo(3L);
    assertThat(recorded.logs().get(0).body()).isEqualTo("turn 3 took 1.5 s");
  }

  @Test
  void log_tooFewAndTooManyParameters() {
    logger.info("{} and {}", "one");
    logger.info("only {}", "one", "two");

    assertThat(recorded.logs()).extracting(LogData::body).containsExactly("one and {}", "only one");
  }

  @Test
  void log_exceptionBehindTheParameters() {
    logger.error("order {} failed", "o-1", new IllegalStateException("no stock"));

    LogData log = recorded.logs().get(0);
    assertThat(log.body()).isEqualTo("order o-1 failed");
    assertThat(log.attributes().get("exception.type")).isEqualTo("java.lang.IllegalStateException");
    assertThat(log.attributes().get("exception.message")).isEqualTo("no stock");
  }

  @Test
  void log_parameterThatCannotBeShown() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("not now");
          }
        };
    logger.info("value {} {}", hostile, (@Nullable Object) null);

    assertThat(recorded.logs().get(0).body())
        .contains("toString: java.lang.IllegalStateException")
        .endsWith(" null");
  }
}
