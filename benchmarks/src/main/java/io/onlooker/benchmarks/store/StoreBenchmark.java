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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks what {@link StoreFill} wrote: {@code StoreBenchmark STORE QUESTIONS}. Prints for each
 * question the median answer in milliseconds and the processor's milliseconds, which other work on
 * the machine changes less; then what eight questions at a time take of memory. The same questions
 * in SQL go to the file, for {@link ClickHouseBenchmark}. {@code -Dtimes=3} asks that often.
 */
public final class StoreBenchmark {

  static final int TIMES = Integer.getInteger("times", 7);
  private static final int AT_ONCE = 8;

  private StoreBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try (Store store = EmbeddedStore.open(StoreConfig.of(Path.of(args[0])))) {
      StoreStats stats = store.stats();
      System.out.printf(
          "%,d spans in %d segments, %.1f bytes a span with texts%n",
          stats.spans(), stats.segments(), (double) stats.segmentBytes() / stats.spans());
      List<Question> questions = new Questions(store).all();
      Files.write(Path.of(args[1]), questions.stream().flatMap(Question::lines).toList());
      for (Question question : questions) {
        System.out.println(Took.line(question.name(), TIMES, question.store()));
      }
      atOnce(questions);
    }
  }

  private static void atOnce(List<Question> questions) throws IOException, InterruptedException {
    int failed = 0;
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < AT_ONCE * 2; i++) {
        Question question = questions.get(i % questions.size());
        int time = i;
        asked.add(threads.submit(() -> question.store().accept(time)));
      }
      for (Future<?> one : asked) {
        try {
          one.get();
        } catch (ExecutionException e) {
          failed++;
          System.out.println(e.getCause());
        }
      }
    }
    System.out.printf(
        "%d questions, %d at a time: %.1f s, %d failed; %s%n",
        AT_ONCE * 2, AT_ONCE, (System.nanoTime() - begin) / 1e9, failed, memory());
  }

  /** Resident now, and at most. */
  private static String memory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList()
        .toString();
  }
}
