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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server on a free port of the loopback that speaks OpenAI's chat completions and
 * responses, Anthropic's messages and Gemini's contents, plain and streamed, and OpenAI's
 * embeddings, and says what it was told to. Safe for many threads.
 *
 * <pre>{@code
 * try (ScriptedModelServer model = ScriptedModelServer.start()) {
 *   model.reply(Reply.toolCall("check-order", "{\"id\":\"ORD-1\"}"), Reply.text("It is on its way."));
 *   // a client with the base URL model.uri() gets the two answers in turn
 * }
 * }</pre>
 */
public final class ScriptedModelServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
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

  /** The base URL for a client of OpenAI's: {@code http://127.0.0.1:PORT/v1}. */
  public URI uri() {
    return URI.create(origin() + "/v1");
  }

  /** The base URL for a client of Anthropic's or Gemini's: {@code http://127.0.0.1:PORT}. */
  public URI origin() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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
    return requests.stream().map(Request::body).toList();
  }

  /** The requests so far, oldest first. */
  public List<Request> received() {
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
      String path = exchange.getRequestURI().getPath();
      if (Dialect.of(path, "", body, Reply.text("")) == null) {
        Reply unknown =
            Reply.error(404, path + " (expected: a path of OpenAI's, Anthropic's or Gemini's API)");
        write(exchange, unknown, "application/json", List.of(Json.error(unknown)));
        return;
      }
      requests.add(Request.of(exchange, body));
      send(exchange, path, body, next(body));
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

  private void send(HttpExchange exchange, String path, String body, Reply reply)
      throws IOException {
    Dialect dialect = Dialect.of(path, "" + count.incrementAndGet(), body, reply);
    boolean asked = Json.asksForStream(body) || GeminiContent.streamed(path);
    boolean streamed = reply.status() == 200 && asked;
    String type = streamed ? "text/event-stream" : "application/json";
    if (dialect == null || reply.raw() != null) {
      write(exchange, reply, type, List.of(String.valueOf(reply.raw())));
    } else {
      write(exchange, reply, type, streamed ? dialect.events() : List.of(dialect.whole()));
    }
  }

  private static void write(HttpExchange exchange, Reply reply, String type, List<String> parts)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean cut = reply.cutAfter() < parts.size();
    // A length that is never reached makes the JDK's server drop the connection at the end.
    exchange.sendResponseHeaders(reply.status(), cut ? Integer.MAX_VALUE : 0);
    OutputStream out = exchange.getResponseBody();
    int sent = 0;
    for (String part : parts) {
      if (sent++ == reply.cutAfter()) {
        return;
      }
      if (sent == parts.size() && reply.held() != null) {
        await(reply.held());
      }
      out.write(part.getBytes(UTF_8));
      out.flush();
    }
    out.close();
  }

  private static void await(CountDownLatch held) {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Rule(Predicate<String> body, Reply reply) {}

  /**
   * What a client sent.
   *
   * @param path with the query
   * @param headers names in lower case; several values of one name joined by commas
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {

    private static Request of(HttpExchange exchange, String body) {
      Map<String, String> headers = new java.util.TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) ->
              headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
      String path = exchange.getRequestURI().toString();
      return new Request(exchange.getRequestMethod(), path, headers, body);
    }
  }

  /** The usage an answer tells; cached tokens are of the input, reasoning ones of the output. */
  public record Tokens(long input, long output, long cached, long reasoning) {}

  /**
   * What the model says.
   *
   * @param status the HTTP status; others than 200 carry the text as an error's message
   * @param toolArguments JSON, when a tool is to be called
   * @param choices how many times it says it
   * @param headers of the response
   * @param raw the body as it is, instead of a well-formed one; or null
   * @param cutAfter after how many events, or documents, the connection breaks
   * @param held what the last event, or the document, waits for; or null
   */
  public record Reply(
      int status,
      String text,
      String toolName,
      String toolArguments,
      Tokens tokens,
      int choices,
      Map<String, String> headers,
      @Nullable String raw,
      int cutAfter,
      @Nullable CountDownLatch held) {

    private static final Tokens NONE = new Tokens(0, 0, 0, 0);

    private static Reply of(int status, String text, Tokens tokens) {
      return new Reply(status, text, "", "", tokens, 1, Map.of(), null, Integer.MAX_VALUE, null);
    }

    public static Reply text(String text) {
      return of(200, text, new Tokens(12, 8, 0, 0));
    }

    public static Reply toolCall(String name, String arguments) {
      return new Reply(
          200,
          "",
          name,
          arguments,
          new Tokens(20, 10, 0, 0),
          1,
          Map.of(),
          null,
          Integer.MAX_VALUE,
          null);
    }

    public static Reply error(int status, String message) {
      return of(status, message, NONE);
    }

    /** A body that is sent as it stands. */
    public static Reply raw(String body) {
      return new Reply(200, "", "", "", NONE, 1, Map.of(), body, Integer.MAX_VALUE, null);
    }

    /** The same reply with other tokens. */
    public Reply tokens(long input, long output) {
      return tokens(new Tokens(input, output, 0, 0));
    }

    /** The same reply with other tokens. */
    public Reply tokens(Tokens other) {
      return new Reply(
          status, text, toolName, toolArguments, other, choices, headers, raw, cutAfter, held);
    }

    /** The same reply, said several times: {@code n}. */
    public Reply choices(int n) {
      return new Reply(
          status, text, toolName, toolArguments, tokens, n, headers, raw, cutAfter, held);
    }

    /** The same reply with a header. */
    public Reply header(String name, String value) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.put(name, value);
      return new Reply(
          status, text, toolName, toolArguments, tokens, choices, all, raw, cutAfter, held);
    }

    /** The same reply, broken off by the network after so many events. */
    public Reply cutAfter(int events) {
      return new Reply(
          status, text, toolName, toolArguments, tokens, choices, headers, raw, events, held);
    }

    /** The same reply, whose end waits. */
    public Reply heldBy(CountDownLatch latch) {
      return new Reply(
          status, text, toolName, toolArguments, tokens, choices, headers, raw, cutAfter, latch);
    }

    boolean callsTool() {
      return !toolName.isEmpty();
    }
  }
}
