package io.onlooker.benchmarks.store;

import io.onlooker.store.Store;
import io.onlooker.store.StoreStats;
import io.onlooker.store.embedded.EmbeddedStore;
import io.onlooker.store.embedded.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks what the fills wrote: {@code StoreBenchmark STORE [LIBCHDB CLICKHOUSE]}. Prints for each
 * question the median answer in milliseconds, of the store and of ClickHouse's engine by turns, and
 * the processor's milliseconds, which other work on the machine changes less; without ClickHouse
 * also what eight questions at a time take of memory. {@code -Dtimes=3} asks that often.
 */
public final class StoreBenchmark {

  private static final int TIMES = Integer.getInteger("times", 7);
  private static final int AT_ONCE = 8;

  private StoreBenchmark() {}

  public static void main(String[] args) throws Exception {
    try (Store store = EmbeddedStore.open(StoreConfig.of(Path.of(args[0])))) {
      StoreStats stats = store.stats();
      System.out.printf(
          "%,d spans in %d segments, %.1f bytes a span with texts%n",
          stats.spans(), stats.segments(), (double) stats.segmentBytes() / stats.spans());
      List<Question> questions = new Questions(store).all();
      if (args.length > 1) {
        try (ClickHouse other = new ClickHouse(Path.of(args[1]), Path.of(args[2]))) {
          questions.forEach(question -> print(question, other));
        }
      } else {
        questions.forEach(StoreBenchmark::print);
        atOnce(questions);
      }
    }
  }

  private static void print(Question question) {
    List<Took> took = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      int time = i;
      took.add(Took.by(() -> question.store().accept(time)));
    }
    Took median = Took.median(took);
    System.out.printf("| %s | %.1f | %.0f |%n", question.name(), median.millis(), median.cpu());
  }

  private static void print(Question question, ClickHouse other) {
    List<Took> store = new ArrayList<>();
    List<Took> clickHouse = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      int time = i;
      store.add(Took.by(() -> question.store().accept(time)));
      clickHouse.add(Took.by(() -> other.ask(question.sql().apply(time))));
    }
    Took ours = Took.median(store);
    Took theirs = Took.median(clickHouse);
    System.out.printf(
        "| %s | %.1f | %.1f | %.2f | %.0f | %.0f | %.2f |%n",
        question.name(),
        ours.millis(),
        theirs.millis(),
        ours.millis() / theirs.millis(),
        ours.cpu(),
        theirs.cpu(),
        ours.cpu() / theirs.cpu());
  }

  private static void atOnce(List<Question> questions) throws Exception {
    long begin = System.nanoTime();
    int failed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < AT_ONCE * 3; i++) {
        Question question = questions.get(i % questions.size());
        int time = i;
        asked.add(threads.submit(() -> question.store().accept(time)));
      }
      for (Future<?> one : asked) {
        try {
          one.get();
        } catch (java.util.concurrent.ExecutionException e) {
          failed++;
          System.out.println(e.getCause());
        }
      }
    }
    System.out.printf(
        "%d questions, %d at a time: %.1f s, %d failed; %s%n",
        AT_ONCE * 3, AT_ONCE, (System.nanoTime() - begin) / 1e9, failed, memory());
  }

  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList()
        .toString();
  }
}
