package io.onlooker.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All connections in one thread, which costs the machine less than one for each. */
final class Sender implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private final Body body;
  private final long interval;
  private final Latencies latencies = new Latencies();
  private long accepted;
  private long refused;

  /**
   * @param rate spans in a second, 0 for as many as are answered. Each request has its time then,
   *     and what it took is counted from there, also when the one before it on its connection was
   *     answered too late for it.
   */
  Sender(URI address, Body body, String secret, int connections, long rate) throws IOException {
    this.body = body;
    interval = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) * body.spans() * connections / rate;
    InetSocketAddress to = new InetSocketAddress(address.getHost(), address.getPort());
    SplittableRandom random = new SplittableRandom();
    long now = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      long first = now + interval * i / connections;
      this.connections.add(new Connection(selector, to, body, secret, random.split(), first));
    }
  }

  /** Sends until then, as {@code System.nanoTime} tells it. */
  void run(long end) throws IOException {
    for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
      long next = end;
      for (Connection connection : connections) {
        if (!connection.isBusy() && connection.due() - now <= 0) {
          send(connection, now);
        } else if (!connection.isBusy() && connection.due() - next < 0) {
          next = connection.due();
        } else if (now - connection.due() > PATIENCE) {
          throw new SocketTimeoutException("no answer for a minute");
        }
      }
      select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - now)));
    }
  }

  /** Waits for the answers that are still missing. */
  void finish() throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (connections.stream().anyMatch(Connection::isBusy) && System.nanoTime() - end < 0) {
      select(1000);
    }
  }

  private void send(Connection connection, long now) throws IOException {
    if (interval == 0) {
      connection.due(now);
    }
    connection.send();
  }

  private void select(long millis) throws IOException {
    selector.select(this::go, millis);
  }

  private void go(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      int status = connection.go();
      if (status != Connection.NOT_ANSWERED) {
        count(connection, status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(Connection connection, int status) {
    if (status / 100 == 2) {
      latencies.add(System.nanoTime() - connection.due());
      accepted += body.spans();
    } else {
      refused += body.spans();
    }
    connection.due(connection.due() + interval);
  }

  /** Of the requests that were answered with success since this was cleared. */
  Latencies latencies() {
    return latencies;
  }

  /** Spans, since the start. */
  long accepted() {
    return accepted;
  }

  long refused() {
    return refused;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
