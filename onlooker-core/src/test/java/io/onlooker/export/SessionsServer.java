package io.onlooker.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real HTTP server that speaks Sentrial's API: gives sessions names of its own, refuses what it
 * does not know; or ours, which takes many calls at once and keeps the client's names.
 */
public final class SessionsServer implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  static {
    // Without it each answer waits 40 ms for the client's acknowledgement on Java 17.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** One call, however it came. */
  public record Call(String method, String path, JsonNode body) {

    public String text(String member) {
      return body.path(member).asString("");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final boolean ours;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> configRequests = new CopyOnWriteArrayList<>();
  private final Map<String, String> known = new LinkedHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Predicate<String> acceptsKey = key -> true;
  private volatile String config = "{\"version\":\"1\",\"pii\":{\"enabled\":true}}";
  private volatile @Nullable String etag;

  private SessionsServer(boolean ours) {
    this.ours = ours;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Sentrial's: one call after the other. */
  public static SessionsServer sentrial() {
    return new SessionsServer(false);
  }

  /** Ours. */
  public static SessionsServer ours() {
    return new SessionsServer(true);
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next calls fail with 503. */
  public void fail(int times) {
    failures.set(times);
  }

  public void acceptKeys(Predicate<String> accepts) {
    acceptsKey = accepts;
  }

  /** What config answers from now on. */
  public void config(String body, @Nullable String tag) {
    config = body;
    etag = tag;
  }

  /** All calls that were taken, in order. */
  public List<Call> calls() {
    return calls;
  }

  /** Calls as {@code POST sessions}, {@code POST events llm:openai:gpt-4o}, {@code PATCH …}. */
  public List<String> summary() {
    return calls.stream()
        .map(call -> (call.method() + " " + call.path() + " " + call.text("toolName")).strip())
        .toList();
  }

  /** Every body that arrived, as text. */
  public List<String> bodies() {
    return bodies;
  }

  /** The {@code If-None-Match} of each question for the configuration. */
  public List<String> configRequests() {
    return configRequests;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      String path = exchange.getRequestURI().getPath();
      if (!acceptsKey.test(key.replace("Bearer ", ""))) {
        answer(exchange, 401, "{\"error\":\"unauthorized\",\"message\":\"unknown key\"}");
      } else if (path.equals("/api/sdk/config")) {
        answerConfig(exchange);
      } else if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        answer(exchange, 503, "{}");
      } else {
        String text = new String(body, StandardCharsets.UTF_8);
        bodies.add(text);
        if (path.startsWith("/api/sdk/")) {
          take(exchange, path, text);
        } else {
          answer(exchange, 200, "{}");
        }
      }
    }
  }

  private void answerConfig(HttpExchange exchange) throws IOException {
    String known = String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match"));
    configRequests.add(known);
    if (!ours) {
      answer(exchange, 404, "<!doctype html><title>Not found</title>");
    } else if (known.equals(etag)) {
      answer(exchange, 304, "");
    } else {
      if (etag != null) {
        exchange.getResponseHeaders().set("ETag", etag);
      }
      answer(exchange, 200, config);
    }
  }

  private void take(HttpExchange exchange, String path, String text) throws IOException {
    if (path.equals("/api/sdk/batch")) {
      if (!ours) {
        answer(exchange, 404, "{\"error\":\"not_found\"}");
        return;
      }
      text.lines().forEach(line -> batched(JSON.readTree(line)));
      answer(exchange, 200, "{\"accepted\":1,\"dropped\":0}");
      return;
    }
    one(exchange, path.substring("/api/sdk/".length()), JSON.readTree(text));
  }

  private void batched(JsonNode line) {
    String path =
        switch (line.path("op").asString()) {
          case "session.open" -> "sessions";
          case "event" -> "events";
          default -> "sessions/" + line.path("id").asString();
        };
    calls.add(new Call(path.contains("/") ? "PATCH" : "POST", path, line));
  }

  private synchronized void one(HttpExchange exchange, String path, JsonNode body)
      throws IOException {
    String method = exchange.getRequestMethod();
    if (path.equals("sessions") && method.equals("POST")) {
      if (body.path("name").isMissingNode() || body.path("userId").isMissingNode()) {
        answer(exchange, 400, "{\"error\":\"bad_request\",\"message\":\"userId is required\"}");
        return;
      }
      String id = "sess_" + (known.size() + 1);
      known.put(id, body.path("name").asString());
      calls.add(new Call(method, path, body));
      answer(exchange, 201, "{\"id\":\"" + id + "\",\"status\":\"active\"}");
      return;
    }
    String session =
        path.equals("events") ? body.path("sessionId").asString() : path.replace("sessions/", "");
    if (known.containsKey(session)) {
      calls.add(new Call(method, path, body));
      answer(exchange, 200, "{\"id\":\"evt_" + calls.size() + "\"}");
    } else {
      answer(exchange, 404, "{\"error\":\"not_found\",\"message\":\"no session\"}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
