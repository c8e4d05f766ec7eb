package io.onlooker.benchmarks.store;

import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * One question to both.
 *
 * @param store asks the store; given is which time it is, for questions that are another each time
 * @param sql the same for ClickHouse
 */
record Question(String name, IntConsumer store, IntFunction<String> sql) {}
