package io.onlooker.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** A real HTTP server that keeps what it gets and answers as it was told, else with 200. */
final class Receiver implements AutoCloseable {

  static {
    // Without it each answer waits 40 ms for the client's acknowledgement on Java 17.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final BlockingQueue<Request> arrivals = new LinkedBlockingQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private final AtomicInteger configsAsked = new AtomicInteger();
  private volatile String config = "";

  record Request(String path, Map<String, List<String>> headers, byte[] body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  record Answer(int status, Map<String, String> headers, String body) {}

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String dsn() {
    return address().replace("//", "//publickey@") + "/42";
  }

  /** Queues one answer; when none is left the answer is 200. */
  Receiver answer(int status, Map<String, String> headers) {
    return answer(status, headers, "{}");
  }

  synchronized Receiver answer(int status, Map<String, String> headers, String body) {
    answers.add(new Answer(status, headers, body));
    return this;
  }

  /** What to say at {@code /api/sdk/config}; 404 without. */
  Receiver config(String json) {
    config = json;
    return this;
  }

  int configsAsked() {
    return configsAsked.get();
  }

  /** The next request, waited for at most 10 seconds. */
  Request next() throws InterruptedException {
    Request request = arrivals.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request within 10 s");
    }
    return request;
  }

  Received nextEnvelope() throws InterruptedException {
    return Received.parse(next().body());
  }

  List<Request> requests() {
    return requests;
  }

  List<Received> envelopes() {
    return requests.stream().map(request -> Received.parse(request.body())).toList();
  }

  List<ReceivedSpan> spans() {
    return envelopes().stream().flatMap(Received::spans).toList();
  }

  Stream<JsonNode> payloads(String type) {
    return envelopes().stream().flatMap(envelope -> envelope.payloads(type));
  }

  ReceivedSpan span(String name) {
    List<ReceivedSpan> named = spans().stream().filter(s -> s.name().equals(name)).toList();
    if (named.size() != 1) {
      throw new AssertionError(named.size() + " spans named " + name + " in " + spans());
    }
    return named.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Kept apart: whether and when it is asked for is no matter of envelopes. */
  private void config(HttpExchange exchange) throws IOException {
    configsAsked.incrementAndGet();
    byte[] text = config.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(text.length == 0 ? 404 : 200, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/api/sdk/config")) {
      config(exchange);
      return;
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    Request request =
        new Request(
            exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body);
    requests.add(request);
    Answer answer = nextAnswer();
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] text = answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
    arrivals.add(request);
  }

  private synchronized Answer nextAnswer() {
    Answer answer = answers.poll();
    return answer == null ? new Answer(200, Map.of(), "{}") : answer;
  }
}
