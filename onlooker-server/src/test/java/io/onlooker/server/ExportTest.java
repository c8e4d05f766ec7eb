package io.onlooker.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.query.QueryParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code onlooker export} and its endpoint, against a real server with a real store. */
class ExportTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** More than the server reads at once. */
  private static final int MANY = 4321;

  @TempDir Path folder;
  private CommandFixture commands;

  @BeforeEach
  void open() throws Exception {
    commands =
        new CommandFixture(
            folder,
            CommandFixture.span(
                1,
                "gen_ai.chat",
                1500,
                SpanStatus.error("quota, \"spent\"\nall of it"),
                Map.of("service.name", "shop", "cart.size", 3, "list", List.of("a", 1L))),
            CommandFixture.span(
                2,
                "gen_ai.invoke_agent",
                20,
                SpanStatus.OK,
                Map.of(GenAi.OPERATION_TYPE, "agent", GenAi.AGENT_NAME, "Support")));
  }

  @AfterEach
  void close() {
    commands.close();
  }

  @Test
  void export_ndjson_allPages() {
    List<Item> spans = new ArrayList<>();
    for (int i = 10; i < 10 + MANY; i++) {
      spans.add(CommandFixture.span(i, "db", i, SpanStatus.OK, Map.of()));
    }
    commands.store().append(new Batch(1, spans));

    assertThat(commands.run("export", "op:db")).isZero();

    assertThat(commands.lines()).hasSize(MANY).doesNotHaveDuplicates();
    JsonNode first = JSON.readTree(commands.lines().getFirst());
    assertThat(first.path("op").asString()).isEqualTo("db");
  }

  @Test
  void export_csv() {
    assertThat(commands.run("export", "op:gen_ai.chat", "--format", "csv", "--column", "cart.size"))
        .isZero();

    assertThat(commands.printed())
        .startsWith("trace_id,span_id,parent_span_id,name,op,status,status_message,")
        .contains("cart.size\r\n", "\"quota, \"\"spent\"\"\nall of it\"", ",1500,3\r\n");
  }

  @Test
  void export_parquet() throws Exception {
    Path file = folder.resolve("spans.parquet");

    int code =
        commands.run(
            "export", "--format", "parquet", "--column", "cart.size", "--out", file.toString());

    assertThat(code).isZero();
    try (Connection reader = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = reader.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), sum(\"cart.size\"), max(duration_ms), typeof(max(start)) FROM '"
                    + file
                    + "'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isEqualTo(2);
      assertThat(row.getDouble(2)).isEqualTo(3);
      assertThat(row.getDouble(3)).isEqualTo(1500);
      assertThat(row.getString(4)).isEqualTo("TIMESTAMP_NS");
    }
  }

  /** What one server gives another takes, and has then the same spans. */
  @Test
  void export_otlp_readAgain() throws Exception {
    assertThat(commands.run("export", "--format", "otlp")).isZero();
    List<String> requests = commands.lines();
    List<SpanData> before = spans();

    try (CommandFixture other = new CommandFixture(folder.resolve("other"))) {
      for (String request : requests) {
        assertThat(post(other, "/v1/traces", request)).isEqualTo(200);
      }
      List<SpanData> after = spans(other);

      assertThat(after).hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        SpanData expected = before.get(i);
        SpanData found = after.get(i);
        assertThat(found.attributes().toMap()).containsAllEntriesOf(expected.attributes().toMap());
        assertThat(found)
            .usingRecursiveComparison()
            .ignoringFields("attributes")
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void export_sessions() {
    assertThat(commands.run("export", "--kind", "sessions", "--format", "csv")).isZero();

    assertThat(commands.printed())
        .startsWith("id,trace_id,root_span_id,parent_session_id,name,agent_name,")
        .contains(",Support,");
    assertThat(commands.run("export", "--kind", "sessions")).isZero();
    JsonNode session = JSON.readTree(commands.printed());
    assertThat(commands.run("export", "--kind", "sessions", "--format", "csv")).isZero();
    assertThat(commands.lines().getFirst().split(","))
        .containsExactlyInAnyOrderElementsOf(session.propertyNames());
  }

  @Test
  void export_wrong() {
    assertThat(commands.run("export", "--format", "xml")).isEqualTo(2);
    assertThat(commands.complained()).contains("format: xml", "ndjson, csv, parquet, otlp");
    assertThat(commands.run("export", "cuont():>1")).isEqualTo(2);
    assertThat(commands.run("export", "--kind", "sessions", "--format", "otlp")).isEqualTo(2);
    assertThat(commands.run("export", "--format", "csv", "--column", " ")).isEqualTo(2);
  }

  @Test
  void export_toFileThatIsThere() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.txt"), "mine");

    assertThat(commands.run("export", "--out", file.toString())).isEqualTo(2);

    assertThat(file).hasContent("mine");
    assertThat(commands.run("export", "--out", folder + "/x.csv", "--format", "xml")).isEqualTo(2);
    assertThat(folder.resolve("x.csv")).doesNotExist();
  }

  private List<SpanData> spans() {
    return spans(commands);
  }

  private static List<SpanData> spans(CommandFixture fixture) {
    Instant now = Instant.now();
    return fixture
        .store()
        .spans(new SpanQuery(1, QueryParser.parse("", now), now.minusSeconds(3600), now, 100, null))
        .spans();
  }

  private static int post(CommandFixture fixture, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(fixture.url() + path))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + fixture.token())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
