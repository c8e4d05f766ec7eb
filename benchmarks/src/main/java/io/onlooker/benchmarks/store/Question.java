package io.onlooker.benchmarks.store;

import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One question to both.
 *
 * @param store asks the store; given is which time it is, for questions that are another each time
 * @param sql the same for ClickHouse
 */
record Question(String name, IntConsumer store, IntFunction<String> sql) {

  /** Its SQL for each time, behind its name. */
  Stream<String> lines() {
    return IntStream.range(0, StoreBenchmark.TIMES).mapToObj(i -> name + "\t" + sql.apply(i));
  }
}
