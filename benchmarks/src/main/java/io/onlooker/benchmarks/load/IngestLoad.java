package io.onlooker.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends spans to a server of this machine for some seconds and prints what it took: see README.md.
 *
 * <p>Arguments: the dialect ({@code otlp}, {@code sentry-spans}, {@code sentry-transactions},
 * {@code zipkin}, {@code spotlight}), the server's address, seconds to warm up, seconds to count,
 * connections, the server's process id, the key, and perhaps how many spans to send in a second;
 * then the server's memory is printed every minute.
 */
public final class IngestLoad {

  private IngestLoad() {}

  public static void main(String[] arguments) throws Exception {
    Body body = Bodies.named(arguments[0]);
    URI address = URI.create(arguments[1]);
    long warm = Long.parseLong(arguments[2]) * 1_000_000_000;
    long seconds = Long.parseLong(arguments[3]);
    int connections = Integer.parseInt(arguments[4]);
    String process = arguments[5];
    long rate = arguments.length > 7 ? Long.parseLong(arguments[7]) : 0;
    long pauseNanos = rate == 0 ? 0 : 1_000_000_000L * Body.SPANS * connections / rate;
    long countFrom = System.nanoTime() + warm;
    long end = countFrom + seconds * 1_000_000_000;

    List<Connection> done = new ArrayList<>();
    double cpu;
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Connection>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(
            threads.submit(
                new Connection(
                    address.getHost(),
                    address.getPort(),
                    body,
                    arguments[6],
                    countFrom,
                    end,
                    pauseNanos)));
      }
      Thread.sleep(Math.max(0, (countFrom - System.nanoTime()) / 1_000_000));
      double before = cpuSeconds(process);
      rest(end, rate > 0, process);
      cpu = cpuSeconds(process) - before;
      for (Future<Connection> connection : running) {
        done.add(connection.get());
      }
    }
    print(arguments[0], connections, seconds, cpu, done, process);
  }

  private static void rest(long end, boolean telling, String process)
      throws IOException, InterruptedException {
    for (int minute = 1; System.nanoTime() - end < 0; minute++) {
      long left = Math.max(0, (end - System.nanoTime()) / 1_000_000);
      Thread.sleep(Math.min(left + 1, telling ? 60_000 : left + 1));
      if (telling) {
        System.out.printf("  minute %d: %d MB resident%n", minute, residentMegabytes(process));
      }
    }
  }

  private static void print(
      String dialect,
      int connections,
      long seconds,
      double cpu,
      List<Connection> done,
      String process)
      throws IOException {
    long[] all =
        done.stream()
            .flatMapToLong(one -> Arrays.stream(one.latencies, 0, one.counted))
            .sorted()
            .toArray();
    long spans = (long) all.length * Body.SPANS;
    long sent = done.stream().mapToLong(one -> one.accepted).sum() * Body.SPANS;
    long refused = done.stream().mapToLong(one -> one.refused).sum() * Body.SPANS;
    System.out.printf(
        "%s, %d connections: %,d spans/s, %,d spans per CPU second, p50 %.1f ms, p99 %.1f ms,"
            + " %d MB resident; accepted in all %d, refused %d%n",
        dialect,
        connections,
        spans / seconds,
        Math.round(spans / cpu),
        at(all, 0.5),
        at(all, 0.99),
        residentMegabytes(process),
        sent,
        refused);
  }

  private static double at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * part)] / 1e6;
  }

  /** User and system time; the kernel counts it in hundredths of a second. */
  private static double cpuSeconds(String process) throws IOException {
    String stat = Files.readString(Path.of("/proc", process, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  private static long residentMegabytes(String process) throws IOException {
    return Files.readAllLines(Path.of("/proc", process, "status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }
}
