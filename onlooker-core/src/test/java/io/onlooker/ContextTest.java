package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The current span on other threads; the same with and without OpenTelemetry's context. */
class ContextTest {

  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterEach
  void close() {
    pool.shutdownNow();
  }

  private static Recorded recorded(OtelMode mode) {
    return new Recorded(options -> options.otel(mode));
  }

  @ParameterizedTest
  @EnumSource
  void thread_ofItsOwnHasNoSpan(OtelMode mode) throws Exception {
    try (Recorded recorded = recorded(mode)) {
      Onlooker onlooker = recorded.onlooker;
      onlooker.runSpan(
          SpanOptions.named("outer"),
          span -> pool.submit(() -> onlooker.startInactiveSpan("alone").end()).get());

      assertThat(recorded.span("alone").parentSpanId()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrap_carriesTheSpanAndLeavesNothingBehind(OtelMode mode) throws Exception {
    try (Recorded recorded = recorded(mode)) {
      Onlooker onlooker = recorded.onlooker;
      onlooker.runSpan(
          SpanOptions.named("outer"),
          span -> {
            Runnable runnable = () -> onlooker.startInactiveSpan("runnable").end();
            Callable<Integer> callable = () -> onlooker.startSpan("callable", inner -> 1);
            Supplier<Integer> supplier = () -> onlooker.startSpan("supplier", inner -> 2);
            pool.submit(onlooker.wrap(runnable)).get();
            assertThat(pool.submit(onlooker.wrap(callable)).get()).isEqualTo(1);
            assertThat(CompletableFuture.supplyAsync(onlooker.wrap(supplier), pool).join())
                .isEqualTo(2);
          });
      pool.submit(() -> onlooker.startInactiveSpan("after").end()).get();

      String outer = recorded.span("outer").spanId();
      for (String name : List.of("runnable", "callable", "supplier")) {
        assertThat(recorded.span(name).parentSpanId()).as(name).isEqualTo(outer);
      }
      assertThat(recorded.span("after").parentSpanId()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrap_executorService(OtelMode mode) throws Exception {
    try (Recorded recorded = recorded(mode)) {
      Onlooker onlooker = recorded.onlooker;
      ExecutorService wrapped = onlooker.wrap(pool);
      onlooker.runSpan(
          SpanOptions.named("outer"),
          span -> {
            wrapped.submit(() -> onlooker.startInactiveSpan("child").end()).get();
            wrapped.submit(() -> onlooker.startInactiveSpan("child").end(), "result").get();
            wrapped.submit(() -> onlooker.<Integer, Exception>startSpan("child", s -> 1)).get();
            Callable<Integer> task = () -> onlooker.startSpan("child", inner -> 1);
            for (Future<Integer> future : wrapped.invokeAll(List.of(task, task))) {
              future.get();
            }
            wrapped.invokeAll(List.of(task), 10, TimeUnit.SECONDS).get(0).get();
            wrapped.invokeAny(List.of(task));
            wrapped.invokeAny(List.of(task), 10, TimeUnit.SECONDS);
            CompletableFuture.runAsync(
                    () -> onlooker.startInactiveSpan("child").end(),
                    onlooker.wrap((java.util.concurrent.Executor) pool))
                .get();
          });

      String outer = recorded.span("outer").spanId();
      assertThat(recorded.spans())
          .filteredOn(span -> span.name().equals("child"))
          .hasSize(9)
          .allSatisfy(span -> assertThat(span.parentSpanId()).isEqualTo(outer));
      wrapped.shutdown();
      assertThat(wrapped.isShutdown()).isTrue();
      assertThat(wrapped.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(wrapped.isTerminated()).isTrue();
      assertThat(wrapped.shutdownNow()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void virtualThreads(OtelMode mode) throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
    try (Recorded recorded = recorded(mode)) {
      Onlooker onlooker = recorded.onlooker;
      ExecutorService threads = onlooker.wrap(virtualThreads());
      onlooker.runSpan(
          SpanOptions.named("outer"),
          outer -> {
            Callable<Integer> task =
                () ->
                    onlooker.startSpan(
                        "task",
                        span -> {
                          span.setAttribute("n", 1);
                          Thread.sleep(1);
                          return onlooker.startSpan("inner", inner -> 1);
                        });
            for (Future<Integer> future :
                threads.invokeAll(java.util.Collections.nCopies(100, task))) {
              future.get();
            }
          });
      threads.shutdown();

      String outer = recorded.span("outer").spanId();
      assertThat(recorded.spans()).hasSize(201);
      assertThat(recorded.spans())
          .filteredOn(span -> span.name().equals("task"))
          .allSatisfy(span -> assertThat(span.parentSpanId()).isEqualTo(outer));
    }
  }

  // The sources are Java 17's, where the method does not exist.
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  @ParameterizedTest
  @EnumSource
  void wrap_runWhereItWasMade_sharesWhatTheThreadSays(OtelMode mode) {
    try (Recorded recorded = recorded(mode)) {
      Onlooker onlooker = recorded.onlooker;
      onlooker.setUser("u1");
      Runnable task = onlooker.wrap(() -> onlooker.setUser("u2"));

      task.run();
      onlooker.startInactiveSpan("after").end();

      assertThat(recorded.span("after").attributes().get(GenAi.USER_ID)).isEqualTo("u2");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NEST", mode = EnumSource.Mode.EXCLUDE) // there OpenTelemetry's span decides
  void wrap_madeOutsideAndRunWithin_leavesTheSpan(OtelMode mode) {
    try (Recorded recorded = recorded(mode)) {
      Onlooker onlooker = recorded.onlooker;
      Runnable outside = onlooker.wrap(() -> onlooker.startInactiveSpan("outside").end());

      onlooker.runSpan(
          SpanOptions.named("outer"),
          span -> {
            Runnable inside = onlooker.wrap(() -> onlooker.startInactiveSpan("inside").end());
            outside.run();
            inside.run();
          });

      assertThat(recorded.span("outside").parentSpanId()).isNull();
      assertThat(recorded.span("inside").parentSpanId()).isEqualTo(recorded.span("outer").spanId());
    }
  }
}
