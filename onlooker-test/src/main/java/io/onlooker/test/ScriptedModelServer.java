package io.onlooker.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A real HTTP server on a free port of the loopback that speaks OpenAI's chat completions, plain
 * and streamed, and says what it was told to. Safe for many threads.
 *
 * <pre>{@code
 * try (ScriptedModelServer model = ScriptedModelServer.start()) {
 *   model.reply(Reply.toolCall("check-order", "{\"id\":\"ORD-1\"}"), Reply.text("It is on its way."));
 *   // a client with the base URL model.uri() gets the two answers in turn
 * }
 * }</pre>
 */
public final class ScriptedModelServer implements AutoCloseable {

  private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");
  private static final Pattern USAGE = Pattern.compile("\"include_usage\"\\s*:\\s*true");
  private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();

  private ScriptedModelServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static ScriptedModelServer start() {
    try {
      InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new ScriptedModelServer(HttpServer.create(free, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base URL for a client: {@code http://127.0.0.1:PORT/v1}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Adds replies to the end of the script; each request without a rule takes the next one. */
  public ScriptedModelServer reply(Reply... replies) {
    script.addAll(List.of(replies));
    return this;
  }

  /** Always answers so when the request's body is like that; rules go before the script. */
  public ScriptedModelServer when(Predicate<String> body, Reply reply) {
    rules.add(new Rule(body, reply));
    return this;
  }

  /** The bodies of the requests so far, oldest first. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (!exchange.getRequestURI().getPath().endsWith("/chat/completions")) {
        String path = exchange.getRequestURI().getPath();
        send(exchange, Reply.error(404, path + " (expected: /v1/chat/completions)"), body);
        return;
      }
      requests.add(body);
      send(exchange, next(body), body);
    }
  }

  private Reply next(String body) {
    for (Rule rule : rules) {
      if (rule.body().test(body)) {
        return rule.reply();
      }
    }
    Reply reply = script.poll();
    return reply != null
        ? reply
        : Reply.error(500, "script: at its end after " + requests.size() + " requests");
  }

  private void send(HttpExchange exchange, Reply reply, String body) throws IOException {
    var model = MODEL.matcher(body);
    Completion completion =
        new Completion(
            "chatcmpl-" + count.incrementAndGet(), model.find() ? model.group(1) : "none", reply);
    if (reply.status() != 200 || !STREAM.matcher(body).find()) {
      write(exchange, reply.status(), "application/json", List.of(completion.whole()));
    } else {
      boolean usage = USAGE.matcher(body).find();
      write(exchange, 200, "text/event-stream", completion.events(usage));
    }
  }

  private static void write(HttpExchange exchange, int status, String type, List<String> parts)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String part : parts) {
        out.write(part.getBytes(UTF_8));
        out.flush();
      }
    }
  }

  private record Rule(Predicate<String> body, Reply reply) {}

  /**
   * What the model says.
   *
   * @param status the HTTP status; others than 200 carry the text as an error's message
   * @param toolArguments JSON, when a tool is to be called
   */
  public record Reply(
      int status,
      String text,
      String toolName,
      String toolArguments,
      long inputTokens,
      long outputTokens) {

    public static Reply text(String text) {
      return new Reply(200, text, "", "", 12, 8);
    }

    public static Reply toolCall(String name, String arguments) {
      return new Reply(200, "", name, arguments, 20, 10);
    }

    public static Reply error(int status, String message) {
      return new Reply(status, message, "", "", 0, 0);
    }

    /** The same reply with other tokens. */
    public Reply tokens(long input, long output) {
      return new Reply(status, text, toolName, toolArguments, input, output);
    }

    boolean callsTool() {
      return !toolName.isEmpty();
    }
  }
}
