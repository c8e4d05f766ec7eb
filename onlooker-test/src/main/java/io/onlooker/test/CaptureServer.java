package io.onlooker.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server on a free port of the loopback that keeps every request, and answers as it was
 * told to: 200 and {@code {}} unless told. That SDKs ask for their configuration is answered with
 * 404, and not kept. Safe for many threads.
 */
public final class CaptureServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private CaptureServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static CaptureServer start() {
    try {
      InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new CaptureServer(HttpServer.create(free, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, without a path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A DSN that sends here. */
  public String dsn() {
    return "http://key@127.0.0.1:" + server.getAddress().getPort() + "/1";
  }

  /** The next request that was not answered yet is answered so; several are used in turn. */
  public CaptureServer answer(int status, Map<String, String> headers) {
    answers.add(new Answer(status, headers));
    return this;
  }

  /** Lets every request wait, after it was kept, until {@link #release}. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void release() {
    gate.countDown();
  }

  /**
   * The oldest request that was not taken; waits for one.
   *
   * @throws AssertionError when none comes in time
   */
  public Request take(Duration timeout) {
    try {
      Request request = requests.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (request == null) {
        throw new AssertionError("requests: none within " + timeout + " (expected: one)");
      }
      return request;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("requests: interrupted (expected: one)", e);
    }
  }

  /** All requests that were not taken, as they are now. */
  public List<Request> waiting() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().endsWith("/api/sdk/config")) {
        send(exchange, new Answer(404, Map.of()));
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              inflated(body, exchange.getRequestHeaders().getFirst("Content-Encoding"))));
      await(gate);
      Answer answer = answers.poll();
      send(exchange, answer == null ? new Answer(200, Map.of()) : answer);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = "{}".getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] inflated(byte[] body, @Nullable String encoding) throws IOException {
    if (!"gzip".equalsIgnoreCase(encoding)) {
      return body;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }

  private record Answer(int status, Map<String, String> headers) {}

  /**
   * What came.
   *
   * @param headers names as the JDK's server spells them: {@code Content-type}
   * @param body after decompression
   */
  public record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

    public String text() {
      return new String(body, UTF_8);
    }
  }
}
