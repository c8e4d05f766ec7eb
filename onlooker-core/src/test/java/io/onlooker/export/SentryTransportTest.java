package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.Drop;
import io.onlooker.LogData;
import io.onlooker.SpanType;
import io.onlooker.export.RudeServer.Manner;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From the queue to the wire, whatever the receiver does. */
@Timeout(30)
class SentryTransportTest {

  private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 3);
  private static final Duration LONG = Duration.ofSeconds(10);

  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void request_asSentryWantsIt() throws InterruptedException {
    SentryExporter exporter = exporter(receiver.dsn());

    exporter.exportTracingEvent(span(1).ended());

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/api/42/envelope/");
    assertThat(request.header("X-sentry-auth"))
        .matches(
            "Sentry sentry_version=7, sentry_client=sentry.java.onlooker/[\\w.-]+,"
                + " sentry_key=publickey");
    assertThat(request.header("Content-encoding")).isEqualTo("gzip");
    assertThat(request.header("Content-type")).isEqualTo("application/x-sentry-envelope");
    JsonNode header = Received.parse(request.body()).header();
    assertThat(header.path("event_id").asString()).matches("[0-9a-f]{32}");
    assertThat(header.path("trace").path("trace_id").asString()).isEqualTo(Given.TRACE);
    assertThat(exporter.shutdown(LONG)).isTrue();
  }

  @Test
  void flush_goesOnWorking() {
    SentryExporter exporter = exporter(receiver.dsn());

    for (int i = 1; i <= 3; i++) {
      exporter.exportTracingEvent(span(i).ended());
      assertThat(exporter.flush(LONG)).isTrue();
      assertThat(exporter.metrics().sent()).isEqualTo(i);
    }
    assertThat(exporter.shutdown(LONG)).isTrue();
  }

  @Test
  void threads_many_everySpanOnce() throws InterruptedException {
    SentryExporter exporter = exporter(receiver.dsn());
    List<Thread> threads =
        IntStream.range(0, 4).mapToObj(t -> new Thread(() -> exportRuns(exporter, t))).toList();

    threads.forEach(Thread::start);
    assertThat(exporter.flush(LONG)).isTrue();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(exporter.shutdown(LONG)).isTrue();

    assertThat(receiver.spans()).extracting(ReceivedSpan::id).doesNotHaveDuplicates().hasSize(400);
    assertThat(exporter.metrics().sent()).isEqualTo(400);
    assertThat(exporter.metrics().dropped()).isZero();
  }

  private static void exportRuns(SentryExporter exporter, int thread) {
    for (int i = 0; i < 50; i++) {
      Given agent = span(1000 * thread + 2 * i + 1);
      Given child = agent.child(1000 * thread + 2 * i + 2, SpanType.GENERIC);
      exporter.exportTracingEvent(agent.started());
      exporter.exportTracingEvent(child.ended());
      exporter.exportTracingEvent(agent.ended());
    }
  }

  @Test
  void serverError_retried() {
    receiver.answer(500, Map.of()).answer(503, Map.of());

    SentryExporter exporter = sendOne(receiver.dsn());

    assertThat(receiver.requests()).hasSize(3);
    assertThat(exporter.metrics().sent()).isEqualTo(1);
    assertThat(exporter.metrics().dropped()).isZero();
  }

  @Test
  void serverError_forGood() {
    for (int i = 0; i < 3; i++) {
      receiver.answer(500, Map.of());
    }

    SentryExporter exporter = sendOne(receiver.dsn());

    assertThat(receiver.requests()).hasSize(3);
    assertThat(exporter.metrics().dropped(Drop.UNREACHABLE)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, REFUSED",
    "401, REFUSED",
    "402, REFUSED",
    "403, REFUSED",
    "404, REFUSED",
    "302, REFUSED",
    "413, TOO_LARGE"
  })
  void refusal_droppedAndReported(int status, Drop reason) {
    receiver.answer(status, Map.of("Location", "/elsewhere", "X-Sentry-Error", "no such project"));

    SentryExporter exporter = sendOne(receiver.dsn());

    assertThat(exporter.metrics().dropped(reason)).isEqualTo(1);
    assertThat(receiver.requests()).hasSize(2);
    assertThat(report())
        .contains("{\"reason\":\"send_error\",\"category\":\"transaction\",\"quantity\":1}")
        .contains("{\"reason\":\"send_error\",\"category\":\"span\",\"quantity\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "120", "soon"})
  void tooMany_silencesEverything(String retryAfter) {
    receiver.answer(429, retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfter));
    SentryExporter exporter = exporter(receiver.dsn());

    exporter.exportTracingEvent(span(1).ended());
    exporter.flush(LONG);
    exporter.exportTracingEvent(span(2).ended());
    exporter.exportLog(log());
    exporter.shutdown(LONG);

    assertThat(receiver.requests()).hasSize(1);
    assertThat(exporter.metrics().dropped(Drop.RATE_LIMITED)).isEqualTo(3);
  }

  @Test
  void rateLimit_onSuccess_byCategory() {
    receiver.answer(
        200, Map.of("X-Sentry-Rate-Limits", "60:transaction;profile:key:quota, 5:error"));
    SentryExporter exporter = exporter(receiver.dsn());

    exporter.exportTracingEvent(span(1).ended());
    exporter.flush(LONG);
    exporter.exportTracingEvent(span(2).ended());
    exporter.exportLog(log());
    exporter.shutdown(LONG);

    assertThat(receiver.payloads("transaction")).hasSize(1);
    assertThat(receiver.payloads("log")).hasSize(1);
    assertThat(report()).contains("ratelimit_backoff");
    assertThat(exporter.metrics().dropped(Drop.RATE_LIMITED)).isEqualTo(1);
    assertThat(exporter.metrics().sent()).isEqualTo(2);
  }

  @Test
  void rateLimit_garbage() {
    receiver.answer(
        200, Map.of("X-Sentry-Rate-Limits", ":,;;::x,-5:log_item,9999999999999999999999:"));
    SentryExporter exporter = exporter(receiver.dsn());

    exporter.exportTracingEvent(span(1).ended());

    assertThat(exporter.flush(LONG)).isTrue();
    assertThat(exporter.metrics().sent()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void receiver_rude(Manner manner) throws IOException {
    try (RudeServer server = new RudeServer(manner)) {
      SentryExporter exporter =
          builder(server.dsn()).requestTimeout(Duration.ofMillis(200)).build();

      exporter.exportTracingEvent(span(1).ended());

      assertThat(exporter.shutdown(LONG)).isFalse();
      assertThat(server.connections.get()).isPositive();
      assertThat(exporter.metrics().dropped(Drop.UNREACHABLE)).isEqualTo(1);
    }
  }

  @Test
  void client_ofTheApplication_broken() {
    ExecutorService closed = Executors.newSingleThreadExecutor();
    closed.shutdown();
    HttpClient client = HttpClient.newBuilder().executor(closed).build();
    SentryExporter exporter = builder(receiver.dsn()).httpClient(client).build();

    exporter.exportTracingEvent(span(1).ended());
    exporter.shutdown(LONG);

    assertThat(exporter.metrics().dropped(Drop.UNREACHABLE)).isEqualTo(1);
  }

  @Test
  void receiver_notThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    SentryExporter exporter = sendOne("http://k@127.0.0.1:" + port + "/1");

    assertThat(exporter.metrics().dropped(Drop.UNREACHABLE)).isEqualTo(1);
  }

  @Test
  void shutdown_keepsItsDeadline() throws Exception {
    try (RudeServer server = new RudeServer(Manner.SILENT)) {
      SentryExporter exporter = builder(server.dsn()).build();
      exporter.exportTracingEvent(span(1).ended());
      exporter.exportTracingEvent(span(2).ended());

      assertThat(exporter.flush(Duration.ofMillis(100))).isFalse();
      assertThat(exporter.shutdown(Duration.ofMillis(100))).isFalse();
      // Counted by the sender's thread, which a busy machine may let wait.
      while (exporter.metrics().dropped() < 2) {
        Thread.sleep(1);
      }
      assertThat(exporter.metrics().dropped(Drop.UNREACHABLE)).isEqualTo(2);
    }
  }

  @Test
  void queue_full_dropsAndNeverBlocks() throws IOException {
    try (RudeServer server = new RudeServer(Manner.SILENT)) {
      SentryExporter exporter = builder(server.dsn()).queueBytes(65_536).build();

      for (int i = 1; i <= 20; i++) {
        exporter.exportTracingEvent(span(i).io("x".repeat(20_000), null).ended());
      }

      assertThat(exporter.metrics().dropped(Drop.QUEUE_FULL)).isBetween(15L, 19L);
      exporter.shutdown(Duration.ofMillis(50));
      assertThat(exporter.metrics().dropped()).isEqualTo(20);
    }
  }

  @Test
  void log_firstFailureLoudly_neverTheKey() {
    List<LogRecord> said = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("io.onlooker");
    Handler handler = new Remembering(said);
    logger.addHandler(handler);
    try {
      receiver.answer(403, Map.of()).answer(200, Map.of()).answer(403, Map.of());
      SentryExporter exporter = exporter(receiver.dsn());
      exporter.exportTracingEvent(span(1).ended());
      exporter.exportTracingEvent(span(2).ended());
      exporter.shutdown(LONG);
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(said).extracting(LogRecord::getLevel).containsOnly(Level.WARNING).hasSize(2);
    assertThat(said.get(0).getMessage())
        .contains(receiver.address() + " project 42", "HTTP 403", "1 items dropped as REFUSED")
        .contains("Check the DSN");
    assertThat(said.get(1).getMessage()).contains("2 items", "dropped REFUSED 2");
    assertThat(said).noneMatch(entry -> entry.getMessage().contains("publickey"));
  }

  /** Keeps what is logged. */
  private static final class Remembering extends Handler {
    private final List<LogRecord> said;

    Remembering(List<LogRecord> said) {
      this.said = said;
    }

    @Override
    public void publish(LogRecord entry) {
      said.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void process_endsWhileSending() throws Exception {
    try (RudeServer server = new RudeServer(Manner.SILENT)) {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Forgetful.class.getName(),
                  server.dsn())
              .inheritIO()
              .start();

      boolean ended = process.waitFor(20, TimeUnit.SECONDS);

      process.destroyForcibly();
      assertThat(ended).isTrue();
    }
  }

  /** An application that never shuts its exporter down. */
  static final class Forgetful {

    private Forgetful() {}

    public static void main(String[] arguments) {
      SentryExporter exporter = SentryExporter.builder().dsn(arguments[0]).build();
      exporter.exportTracingEvent(span(1).ended());
      exporter.flush(Duration.ofMillis(200));
    }
  }

  private String report() {
    return receiver.payloads("client_report").findFirst().orElseThrow().toString();
  }

  private static SentryExporter sendOne(String dsn) {
    SentryExporter exporter = exporter(dsn);
    exporter.exportTracingEvent(span(1).ended());
    exporter.shutdown(LONG);
    return exporter;
  }

  private static SentryExporter exporter(String dsn) {
    return builder(dsn).build();
  }

  private static SentryExporter.Builder builder(String dsn) {
    return SentryExporter.builder().dsn(dsn).backoff(QUICK);
  }

  private static Given span(int number) {
    return Given.root(number, AGENT_RUN).entity("desk");
  }

  private static LogData log() {
    return new LogData(1, null, null, LogData.Level.INFO, "x", Attributes.EMPTY);
  }
}
