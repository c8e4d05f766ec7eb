package io.onlooker.springai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A model that talks until nobody listens. One that falls silent is of no use for cancellations: to
 * close a stream OpenAI's client waits for the line that is being read, and whoever cancels waits
 * with it.
 */
final class TalkingServer implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private TalkingServer(HttpServer server) {
    this.server = server;
    server.createContext("/v1/chat/completions", TalkingServer::talk);
    server.setExecutor(threads);
    server.start();
  }

  static TalkingServer start() {
    try {
      InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new TalkingServer(HttpServer.create(free, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Ends with the failure to write to a client that has gone. */
  private static void talk(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      while (!Thread.currentThread().isInterrupted()) {
        out.write(piece().getBytes(UTF_8));
        out.flush();
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static String piece() {
    return """
    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,\
    "model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":"more "},\
    "finish_reason":null}]}

    """;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
