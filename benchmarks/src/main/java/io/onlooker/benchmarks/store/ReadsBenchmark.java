package io.onlooker.benchmarks.store;

import io.onlooker.benchmarks.store.Questions.Reading;
import io.onlooker.store.Store;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks in turns while spans arrive, and then the same over the same spans while none do: {@code
 * ReadsBenchmark STORE SPANS_PER_SECOND SECONDS}. Changes the store, which {@link StoreFill} wrote.
 * For each question prints the middle and the 99th percentile of both, in milliseconds.
 */
public final class ReadsBenchmark {

  private static final int WARM_SECONDS = 10;

  private ReadsBenchmark() {}

  public static void main(String[] args) throws InterruptedException {
    int perSecond = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[2]);
    try (Store store = EmbeddedStore.open(StoreConfig.of(Path.of(args[0])))) {
      List<Reading> readings = new Questions(store).whileSpansArrive(Instant.now());
      List<List<Double>> busy;
      try (Arrivals arrivals = new Arrivals(store, perSecond)) {
        ask(readings, WARM_SECONDS);
        busy = ask(readings, seconds);
        System.out.printf(
            "%,.0f spans a second arrived; %s%n", arrivals.perSecond(), store.stats());
      }
      Thread.sleep(2_000);
      List<List<Double>> idle = ask(readings, seconds);
      print(readings, busy, idle);
    }
  }

  /** Milliseconds of each answer, by question. */
  private static List<List<Double>> ask(List<Reading> readings, int seconds) {
    List<List<Double>> took = new ArrayList<>();
    readings.forEach(_ -> took.add(new ArrayList<>()));
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (int i = 0; System.nanoTime() < end; i++) {
      long begin = System.nanoTime();
      readings.get(i % readings.size()).ask().accept(i);
      took.get(i % readings.size()).add((System.nanoTime() - begin) / 1e6);
    }
    return took;
  }

  private static void print(
      List<Reading> readings, List<List<Double>> busy, List<List<Double>> idle) {
    System.out.println("| | times | p50 | p99 | times, idle | p50 | p99 | p99: ratio |");
    for (int i = 0; i < readings.size(); i++) {
      print(readings.get(i).name(), busy.get(i), idle.get(i));
    }
    print("all of them", all(busy), all(idle));
  }

  private static List<Double> all(List<List<Double>> took) {
    return took.stream().flatMap(List::stream).toList();
  }

  private static void print(String name, List<Double> busy, List<Double> idle) {
    System.out.printf(
        "| %s | %d | %.1f | %.1f | %d | %.1f | %.1f | %.2f |%n",
        name,
        busy.size(),
        at(busy, 0.5),
        at(busy, 0.99),
        idle.size(),
        at(idle, 0.5),
        at(idle, 0.99),
        at(busy, 0.99) / at(idle, 0.99));
  }

  private static double at(List<Double> took, double part) {
    double[] sorted = took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * part)];
  }
}
