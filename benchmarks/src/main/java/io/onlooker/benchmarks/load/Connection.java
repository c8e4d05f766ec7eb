package io.onlooker.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** One connection that is kept, with one request under way: as cheap as a sender can be. */
final class Connection implements Callable<Connection> {

  private final String host;
  private final int port;
  private final Body body;
  private final String key;
  private final long countFrom;
  private final long end;
  private final long pauseNanos;
  private final SplittableRandom random = new SplittableRandom();

  final long[] latencies = new long[1 << 20];
  int counted;
  long accepted;
  long refused;

  /**
   * @param countFrom of {@code System.nanoTime}: what is sent before only warms up
   * @param pauseNanos from the beginning of a request to that of the next, if it is answered by
   *     then
   */
  Connection(
      String host, int port, Body body, String key, long countFrom, long end, long pauseNanos) {
    this.host = host;
    this.port = port;
    this.body = body;
    this.key = key;
    this.countFrom = countFrom;
    this.end = end;
    this.pauseNanos = pauseNanos;
  }

  @Override
  public Connection call() throws IOException {
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nAuthorization: Bearer %s\r\nX-Sentry-Auth: Sentry sentry_key=%s\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.path(), host, body.contentType(), key, key, body.bytes().length)
            .getBytes(ISO_8859_1);
    byte[] request = new byte[head.length + body.bytes().length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body.bytes(), 0, request, head.length, body.bytes().length);
    try (Socket socket = new Socket(host, port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (System.nanoTime() - end < 0) {
        body.refresh(request, head.length, random);
        long start = System.nanoTime();
        socket.getOutputStream().write(request);
        count(start, answer(in));
        LockSupport.parkNanos(start + pauseNanos - System.nanoTime());
      }
    }
    return this;
  }

  private void count(long start, int status) {
    boolean good = status / 100 == 2;
    accepted += good ? 1 : 0;
    refused += good ? 0 : 1;
    if (start - countFrom >= 0 && good && counted < latencies.length) {
      latencies[counted++] = System.nanoTime() - start;
    }
  }

  private static int answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", -1)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    if (chunked) {
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        in.skipNBytes(size + 2);
      }
      in.skipNBytes(2);
    } else {
      in.skipNBytes(length);
    }
    return status;
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
