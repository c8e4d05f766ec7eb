package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.store.Batch;
import io.onlooker.store.Filter;
import io.onlooker.store.LogQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code onlooker export --kind logs}, against a real server with a real store. */
class ExportLogsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  /** More than the server reads at once. */
  private static final int MANY = 2345;

  private final Instant now = Instant.now();
  @TempDir Path folder;
  private CommandFixture commands;

  @BeforeEach
  void open() throws Exception {
    commands = new CommandFixture(folder);
    commands
        .store()
        .append(
            new Batch(
                1,
                List.of(
                    line(1, LogData.Level.ERROR, "card \"4\", declined\nagain", TRACE),
                    line(2, LogData.Level.INFO, "paid", null))));
  }

  @AfterEach
  void close() {
    commands.close();
  }

  @Test
  void export_ndjson_allPages() {
    List<Item> lines = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      lines.add(line(10 + i % 1000, LogData.Level.DEBUG, "step " + i, null));
    }
    commands.store().append(new Batch(1, lines));

    assertThat(commands.run("export", "level:debug", "--kind", "logs")).isZero();

    assertThat(commands.lines()).hasSize(MANY).doesNotHaveDuplicates();
    JsonNode first = JSON.readTree(commands.lines().getFirst());
    assertThat(first.path("level").asString()).isEqualTo("debug");
    assertThat(first.path("attributes").path("cart.size").asInt()).isEqualTo(3);
  }

  @Test
  void export_csv() {
    assertThat(commands.run("export", "--kind", "logs", "--format", "csv")).isZero();

    assertThat(commands.printed())
        .startsWith("time,level,body,trace_id,span_id,attributes\r\n")
        .contains(",error,\"card \"\"4\"\", declined\nagain\"," + TRACE + ",");
    assertThat(
            commands.run(
                "export", "paid", "--kind", "logs", "--format", "csv", "--column", "cart.size"))
        .isZero();
    assertThat(commands.printed()).endsWith(",info,paid,,,3\r\n").doesNotContain("declined");
  }

  /** What one server gives another takes, and has then the same lines. */
  @Test
  void export_otlp_readAgain() throws Exception {
    assertThat(commands.run("export", "--kind", "logs", "--format", "otlp")).isZero();
    List<String> requests = commands.lines();
    List<LogData> before = lines(commands);

    try (CommandFixture other = new CommandFixture(folder.resolve("other"))) {
      for (String request : requests) {
        assertThat(post(other, request)).isEqualTo(200);
      }

      List<LogData> after = lines(other);
      assertThat(after)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("attributes")
          .containsExactlyElementsOf(before);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).attributes().toMap())
            .containsAllEntriesOf(before.get(i).attributes().toMap());
      }
    }
  }

  @Test
  void export_wrong() {
    assertThat(commands.run("export", "--kind", "log")).isEqualTo(2);
    assertThat(commands.complained()).contains("kind: log", "spans, sessions, logs");
    assertThat(commands.run("export", "level:(", "--kind", "logs")).isEqualTo(2);
  }

  private LogData line(int secondsAgo, LogData.Level level, String body, @Nullable String trace) {
    long time = (now.toEpochMilli() - secondsAgo * 1_000L) * 1_000_000L;
    String span = trace == null ? null : "0123456789abcdef";
    Attributes attributes =
        Attributes.builder().put("service.name", "shop").put("cart.size", 3).build();
    return new LogData(time, trace, span, level, body, attributes);
  }

  private List<LogData> lines(CommandFixture fixture) {
    return fixture
        .store()
        .logs(
            new LogQuery(
                1, Filter.ALL, now.minusSeconds(3600), now.plusSeconds(1), null, 100, null))
        .lines();
  }

  private static int post(CommandFixture fixture, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(fixture.url() + "/v1/logs"))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + fixture.token())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
