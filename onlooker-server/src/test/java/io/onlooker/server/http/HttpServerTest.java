package io.onlooker.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Routes routes = new Routes();
  private @Nullable HttpServer server;

  @AfterEach
  void stop() {
    client.close();
    if (server != null) {
      server.close();
    }
  }

  @Test
  void request_reachesItsHandlerWhole() throws Exception {
    routes.post(
        "/api/{project}/echo/",
        request ->
            Response.json(
                200,
                "\"%s %s %s %s %s\""
                    .formatted(
                        request.path(),
                        request.route("project"),
                        request.parameters("q"),
                        request.header("X-Team"),
                        new String(request.body(), UTF_8))));

    HttpResponse<String> answer =
        send(
            request("/api/a%20b/echo/?q=1%262&q=3")
                .header("x-team", "front")
                .POST(BodyPublishers.ofString("body")));

    assertThat(answer.body()).isEqualTo("\"/api/a b/echo/ a b [1&2, 3] front body\"");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
  }

  @Test
  void handler_runsOnAVirtualThread() throws Exception {
    routes.get("/", _ -> Response.json(200, "" + Thread.currentThread().isVirtual()));

    assertThat(send(request("/")).body()).isEqualTo("true");
  }

  @Test
  void path_unknown() throws Exception {
    HttpResponse<String> answer = send(request("/nowhere?x=1"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body())
        .contains(
            "\"title\":\"Not found\"",
            "\"status\":404",
            "\"detail\":\"path: /nowhere (expected: a path of this server)\"",
            "\"error\":",
            "\"message\":");
  }

  @Test
  void path_unknownWithHandlerForOthers() throws Exception {
    routes.otherwise(request -> Response.html(404, "<p>" + request.method()));

    assertThat(send(request("/nowhere").DELETE()).body()).isEqualTo("<p>DELETE");
  }

  @Test
  void method_wrong() throws Exception {
    routes
        .get("/p/{id}", _ -> Response.json(200, "1"))
        .post("/p/{id}", _ -> Response.json(200, "2"));

    HttpResponse<String> answer = send(request("/p/7").DELETE());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("GET, POST");
    assertThat(answer.body()).contains("method: DELETE (expected: GET, POST)");
  }

  @Test
  void head_answersWithoutBody() throws Exception {
    routes.get("/page", _ -> Response.html(200, "<p>long"));

    HttpResponse<String> answer = send(request("/page").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void options_reachesItsHandlerAlsoAsPreflight() throws Exception {
    routes.post("/in", _ -> Response.json(200, "1"));
    routes.on("OPTIONS", "/in", _ -> Response.json(200, "2").with("x-mine", "yes"));

    HttpResponse<String> answer =
        send(
            request("/in")
                .header("origin", "https://shop.example.org")
                .header("access-control-request-method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.headers().firstValue("x-mine")).contains("yes");
  }

  @Test
  void problem_carriesItsHeaders() throws Exception {
    routes.get(
        "/",
        _ -> {
          throw new HttpProblem(503, "Full", "disk: full").with("retry-after", "7");
        });

    HttpResponse<String> answer = send(request("/"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("7");
  }

  @Test
  void handler_failsUnexpectedly() throws Exception {
    routes.get(
        "/",
        _ -> {
          throw new IllegalStateException("secret detail");
        });

    HttpResponse<String> answer = send(request("/"));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("the server's log has the cause").doesNotContain("secret");
  }

  @Test
  void client_goesAwayWhileItWaits() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    routes.get(
        "/slow",
        _ -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
          return Response.json(200, "{}");
        });
    request("/slow");
    int port = Objects.requireNonNull(server, "server").port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void body_largerThanAllowed() throws Exception {
    routes.post("/", _ -> Response.json(200, "1"));

    HttpResponse<String> answer =
        send(request("/").POST(BodyPublishers.ofByteArray(new byte[70_000])));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("at most 65536");
  }

  @Test
  void body_thatDoesNotCome() throws Exception {
    routes.post("/", _ -> Response.json(200, "1"));
    HttpSettings impatient =
        new HttpSettings(
            "127.0.0.1", 0, List.of(), 1000, 1000, Duration.ofMillis(300), Duration.ofMillis(100));
    try (HttpServer own = HttpServer.start(impatient, routes);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), own.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{".getBytes(UTF_8));

      String answer = new String(socket.getInputStream().readNBytes(12), UTF_8);

      assertThat(answer).isEqualTo("HTTP/1.1 408");
    }
  }

  @Test
  void bodies_togetherLargerThanTheBudget() throws Exception {
    BodyBudget budget = new BodyBudget(100_000);
    try (var own =
            com.linecorp.armeria.server.Server.builder()
                .service(
                    "/",
                    new HandlerService(
                        request -> Response.json(200, "" + request.body().length), budget))
                .errorHandler(new Problems())
                .http(0)
                .build();
        HttpClient client = HttpClient.newHttpClient()) {
      own.start().join();
      URI uri = URI.create("http://127.0.0.1:" + own.activeLocalPort() + "/");
      HttpRequest small =
          HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(new byte[40_000])).build();
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), own.activeLocalPort())) {
        slow.getOutputStream()
            .write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 90000\r\n\r\n".getBytes(UTF_8));
        slow.getOutputStream().write(new byte[80_000]);
        Awaitility.await().until(() -> budget.used() == 80_000);

        HttpResponse<String> refused = client.send(small, BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
      }
      Awaitility.await().until(() -> budget.used() == 0);
      assertThat(client.send(small, BodyHandlers.ofString()).body()).isEqualTo("40000");
    }
  }

  @Test
  void answer_compressedWhenAskedFor() throws Exception {
    String long_ = "{\"text\":\"" + "all the same ".repeat(500) + "\"}";
    routes.get("/", _ -> Response.json(200, long_));

    HttpResponse<byte[]> answer =
        client.send(
            request("/").header("accept-encoding", "gzip").build(), BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(answer.body().length).isLessThan(1000);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
        .asString(UTF_8)
        .isEqualTo(long_);
  }

  @Test
  void events_arriveOneByOne() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    routes.events(
        "/live",
        (_, events) -> {
          events.send("span", "{\"n\":1}");
          goOn.await();
          events.send("span", "two\nlines");
        });

    HttpResponse<Stream<String>> answer =
        client.send(request("/live").build(), BodyHandlers.ofLines());
    List<String> lines =
        answer
            .body()
            .peek(line -> stopWaiting(line, goOn))
            .filter(line -> !line.isEmpty())
            .toList();

    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(lines)
        .containsExactly(
            "event: span", "data: {\"n\":1}", "event: span", "data: two", "data: lines");
  }

  @Test
  void events_refusedBeforeTheFirst() throws Exception {
    routes.events(
        "/live",
        (_, _) -> {
          throw new HttpProblem(401, "Not signed in", "authorization: none");
        });

    assertThat(send(request("/live")).statusCode()).isEqualTo(401);
  }

  @Test
  void close_endsOpenStreams() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    routes.events(
        "/live",
        (_, events) -> {
          events.keepAlive();
          opened.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            ended.countDown();
          }
        });
    var answer = client.sendAsync(request("/live").build(), BodyHandlers.ofString());
    opened.await();

    Objects.requireNonNull(server).close();

    ended.await();
    assertThat(answer.join().statusCode()).isEqualTo(200);
  }

  @Test
  void start_portTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      HttpSettings settings = settings(taken.getLocalPort(), List.of());

      assertThatThrownBy(() -> HttpServer.start(settings, routes))
          .isInstanceOf(BindException.class)
          .hasMessage(
              "port %d on 127.0.0.1 is taken (expected: a free port; 0 picks one)",
              taken.getLocalPort());
    }
  }

  @Test
  void start_furtherPortTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      server = HttpServer.start(settings(0, List.of(taken.getLocalPort())), routes);

      assertThat(send(request("/")).statusCode()).isEqualTo(404);
    }
  }

  private static void stopWaiting(String line, CountDownLatch latch) {
    if (line.contains("\"n\":1")) {
      latch.countDown();
    }
  }

  private HttpRequest.Builder request(String path) throws IOException {
    if (server == null) {
      server = HttpServer.start(settings(0, List.of()), routes);
    }
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpSettings settings(int port, List<Integer> more) {
    return new HttpSettings(
        "127.0.0.1", port, more, 65_536, 65_536, Duration.ofSeconds(10), Duration.ofSeconds(5));
  }
}
