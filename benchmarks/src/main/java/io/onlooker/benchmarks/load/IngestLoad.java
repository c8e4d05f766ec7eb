package io.onlooker.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to a server of this machine for some seconds and prints what it took: see README.md.
 *
 * <p>Arguments: the dialect ({@code otlp}, {@code sentry-spans}, {@code sentry-transactions},
 * {@code zipkin}, {@code spotlight}), the server's address, seconds to warm up, seconds to count,
 * connections, the server's process id, the key, spans of a request, and perhaps how many spans to
 * send in a second; then each minute is told by itself.
 */
public final class IngestLoad {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final String dialect;
  private final Sender sender;
  private final Watched server;
  private final Watched self = new Watched("self");
  private final Latencies all = new Latencies();
  private final int perRequest;

  private IngestLoad(String dialect, Sender sender, Watched server, int perRequest) {
    this.dialect = dialect;
    this.sender = sender;
    this.server = server;
    this.perRequest = perRequest;
  }

  public static void main(String[] arguments) throws Exception {
    int connections = Integer.parseInt(arguments[4]);
    int spans = Integer.parseInt(arguments[7]);
    long rate = arguments.length > 8 ? Long.parseLong(arguments[8]) : 0;
    Body body = Bodies.named(arguments[0], spans);
    URI address = URI.create(arguments[1]);
    try (Sender sender = new Sender(address, body, arguments[6], connections, rate)) {
      Watched server = new Watched(arguments[5]);
      IngestLoad load = new IngestLoad(arguments[0], sender, server, spans);
      sender.run(System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[2])));
      load.measure(Long.parseLong(arguments[3]), rate > 0);
    }
  }

  private void measure(long seconds, boolean telling) throws IOException {
    sender.latencies().clear();
    double serverBefore = server.cpuSeconds();
    double selfBefore = self.cpuSeconds();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int minute = 1; System.nanoTime() - end < 0; minute++) {
      long from = System.nanoTime();
      sender.run(telling ? Math.min(end, from + MINUTE) : end);
      if (telling) {
        tell(minute, (System.nanoTime() - from) / 1e9);
      }
      all.addAll(sender.latencies());
      sender.latencies().clear();
    }
    double serverCpu = server.cpuSeconds() - serverBefore;
    double selfCpu = self.cpuSeconds() - selfBefore;
    sender.finish();
    print(seconds, serverCpu, selfCpu);
  }

  private void tell(int minute, double seconds) throws IOException {
    Latencies latencies = sender.latencies();
    System.out.printf(
        "  minute %d: %,.0f spans/s, p50 %.1f ms, p99 %.1f ms, %d MB resident, %d MB of it its"
            + " own%n",
        minute,
        latencies.count() * perRequest / seconds,
        latencies.at(0.5),
        latencies.at(0.99),
        server.residentMegabytes(),
        server.ownMegabytes());
  }

  private void print(long seconds, double serverCpu, double selfCpu) throws IOException {
    long spans = all.count() * perRequest;
    System.out.printf(
        "%s, %d spans a request: %,d spans/s, %,d spans per CPU second, p50 %.1f ms, p99 %.1f ms,"
            + " %d MB resident; accepted in all %d, refused %d;"
            + " %.2f processors for the server, %.2f for the generator%n",
        dialect,
        perRequest,
        spans / seconds,
        Math.round(spans / serverCpu),
        all.at(0.5),
        all.at(0.99),
        server.residentMegabytes(),
        sender.accepted(),
        sender.refused(),
        serverCpu / seconds,
        selfCpu / seconds);
  }
}
