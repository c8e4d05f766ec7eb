package io.onlooker.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;

/**
 * A small HTTP backend on the JDK's own server: JSON in, JSON out, and the example's page. Listens
 * on the loopback, on the port that the environment's {@code PORT} says, 8080 without.
 */
public final class Backend {

  private final HttpServer server;

  private Backend(HttpServer server) {
    this.server = server;
  }

  public static Backend open() throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(here, 0);
    server.setExecutor(Executors.newCachedThreadPool());
    return new Backend(server);
  }

  /** Shows the {@code index.html} that lies beside the class. */
  public Backend page(Class<?> example) {
    server.createContext("/", new Page(example));
    return this;
  }

  /** Answers at a route: {@code POST /api/checkout}. */
  public Backend on(String route, Handler handler) {
    String[] parts = route.split(" ", 2);
    server.createContext(parts[1], exchange -> answer(exchange, parts[0], handler));
    return this;
  }

  /** Starts, and says where it listens. */
  public void start() {
    server.start();
    System.out.println("listens on http://localhost:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, String method, Handler handler)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals(method)) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      Request request = new Request(exchange);
      request.answer(answer(request, handler));
    }
  }

  private static Answer answer(Request request, Handler handler) {
    try {
      return handler.answer(request);
    } catch (JacksonException e) {
      return Answer.error(400, "body: " + e.getOriginalMessage() + " (expected: JSON)");
    } catch (Exception e) {
      System.err.println(e);
      return Answer.error(500, "Internal error");
    }
  }
}
