package io.onlooker.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How long something took.
 *
 * @param cpu milliseconds of all of this process's threads together
 */
record Took(double millis, double cpu) {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** A row of the table: the middle of so many times. */
  static String line(String question, int times, IntConsumer asking) {
    List<Took> took = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      int time = i;
      took.add(by(() -> asking.accept(time)));
    }
    Took median = median(took);
    return "| %s | %.1f | %.0f |".formatted(question, median.millis(), median.cpu());
  }

  private static Took by(Runnable work) {
    long begin = System.nanoTime();
    long used = SYSTEM.getProcessCpuTime();
    work.run();
    return new Took((System.nanoTime() - begin) / 1e6, (SYSTEM.getProcessCpuTime() - used) / 1e6);
  }

  /** Of each by itself. */
  private static Took median(List<Took> all) {
    double[] millis = all.stream().mapToDouble(Took::millis).sorted().toArray();
    double[] cpu = all.stream().mapToDouble(Took::cpu).sorted().toArray();
    return new Took(millis[millis.length / 2], cpu[cpu.length / 2]);
  }
}
