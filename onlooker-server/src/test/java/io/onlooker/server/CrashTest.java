package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server process is killed while clients send: what it answered with 200 is there, once. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CrashTest {

  /** How often the server is killed: {@code -Dcrash.runs=100}. */
  private static final int RUNS = Integer.getInteger("crash.runs", 2);

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";
  private static final Pattern ADDRESS = Pattern.compile("listens on http://[^:]+:(\\d+)");
  private static final int SENDERS = 8;
  private static final int ANSWERS = 300;
  private static final int SPANS = 3;

  @TempDir Path folder;

  private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next = new AtomicInteger();

  @Test
  void killed_whatWasAnsweredIsThereOnce() throws Exception {
    for (int round = 0; round < RUNS; round++) {
      sendUntil(ProcessHandle::destroyForcibly);
    }

    assertThat(accepted).hasSizeGreaterThanOrEqualTo(RUNS * ANSWERS);
    assertAllThere();
  }

  @Test
  void stopped_whatWasUnderWayIsAnsweredAndThere() throws Exception {
    sendUntil(ProcessHandle::destroy);

    assertThat(Doctor.examine(folder.resolve("data"), 1, Instant.now()))
        .noneMatch(finding -> finding.subject().equals("log") && finding.remedy() != null);
    assertAllThere();
  }

  private void assertAllThere() throws Exception {
    Server server = start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int number : accepted) {
        if (isSession(number)) {
          assertSession(number, read(client, server, "/api/v1/sessions/run-" + number));
        } else {
          assertSpans(number, read(client, server, "/api/v1/traces/" + trace(number)));
        }
      }
    } finally {
      server.process().destroyForcibly().onExit().join();
    }
  }

  private static void assertSpans(int number, JsonNode trace) {
    assertThat(trace.path("spans").valueStream().map(span -> span.path("span_id").asString()))
        .as("trace %d", number)
        .containsExactlyInAnyOrderElementsOf(spanIds(number));
  }

  private static void assertSession(int number, JsonNode session) {
    assertThat(session.path("status").asString()).as("session %d", number).isEqualTo("completed");
    assertThat(session.path("user_id").asString()).isEqualTo("user " + number);
    assertThat(session.path("events").valueStream().map(event -> event.path("name").asString()))
        .containsExactly("one", "two");
  }

  /** Many clients at once; the end comes right after an answer, while others are under way. */
  private void sendUntil(Consumer<ProcessHandle> end) throws Exception {
    Server server = start();
    CountDownLatch answers = new CountDownLatch(ANSWERS);
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < SENDERS; i++) {
        senders.execute(() -> sendUntilItFails(client, server, answers));
      }
      assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
      end.accept(server.process().toHandle());
      assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.process().destroyForcibly().onExit().join();
    }
  }

  private void sendUntilItFails(HttpClient client, Server server, CountDownLatch answers) {
    try {
      for (int number = next.getAndIncrement(); ; number = next.getAndIncrement()) {
        HttpRequest request = isSession(number) ? session(server, number) : spans(server, number);
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          accepted.add(number);
          answers.countDown();
        }
      }
    } catch (IOException _) {
      // The server is gone: that is the end of this sender.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Server start() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    command
        .environment()
        .putAll(
            Map.of(
                "ONLOOKER_BOOTSTRAP_DSN_KEY", KEY,
                "ONLOOKER_BOOTSTRAP_TOKEN", TOKEN,
                "ONLOOKER_OTLP_PORTS", "off"));
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new Server(process, port(process.inputReader()));
  }

  private static int port(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return Integer.parseInt(address.group(1));
      }
    }
    throw new AssertionError("the server ended before it said where it listens");
  }

  private static JsonNode read(HttpClient client, Server server, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.at(path)).header("Authorization", "Bearer " + TOKEN).build();
    return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  private static boolean isSession(int number) {
    return number % 4 == 3;
  }

  private static HttpRequest spans(Server server, int number) {
    return HttpRequest.newBuilder(server.at("/api/1/envelope/?sentry_key=" + KEY))
        .POST(BodyPublishers.ofString(envelope(number)))
        .build();
  }

  private static HttpRequest session(Server server, int number) {
    return HttpRequest.newBuilder(server.at("/api/sdk/batch"))
        .header("Authorization", "Bearer " + KEY)
        .POST(BodyPublishers.ofString(calls(number)))
        .build();
  }

  private static String calls(int number) {
    return """
    {"op":"session.open","id":"run-%1$d","name":"n","agentName":"a","userId":"user %1$d"}
    {"op":"event","sessionId":"run-%1$d","eventType":"tool_call","toolName":"one"}
    {"op":"event","sessionId":"run-%1$d","eventType":"tool_call","toolName":"two"}
    {"op":"session.close","id":"run-%1$d"}
    """
        .formatted(number);
  }

  private static String envelope(int number) {
    List<String> spans = new ArrayList<>();
    for (String id : spanIds(number)) {
      spans.add(
          """
          {"trace_id":"%s","span_id":"%s","name":"work","start_timestamp":1795164432.1,\
          "end_timestamp":1795164432.4,"status":"ok","is_segment":false,"attributes":{}}\
          """
              .formatted(trace(number), id));
    }
    return """
    {}
    {"type":"span","item_count":%d,"content_type":"application/vnd.sentry.items.span.v2+json"}
    {"version":2,"items":[%s]}
    """
        .formatted(SPANS, String.join(",", spans));
  }

  private static String trace(int number) {
    return "%032x".formatted(number + 1);
  }

  private static List<String> spanIds(int number) {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i <= SPANS; i++) {
      ids.add("%016x".formatted(number * 100L + i));
    }
    return ids;
  }

  private record Server(Process process, int port) {
    URI at(String path) {
      return URI.create("http://127.0.0.1:" + port + path);
    }
  }
}
