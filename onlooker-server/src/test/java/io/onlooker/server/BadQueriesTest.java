package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Item;
import io.onlooker.SpanStatus;
import io.onlooker.store.Batch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries that ask for too much, or for nonsense: refused, or answered in part and marked so. */
class BadQueriesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SPANS = 3_000;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private CommandFixture server;

  private record Answer(int status, JsonNode body) {}

  @BeforeEach
  void open() throws Exception {
    server = new CommandFixture(folder);
    List<Item> spans = new ArrayList<>();
    for (int i = 1; i <= SPANS; i++) {
      Map<String, Object> attributes = Map.of("request.id", "r" + i, "text", "a".repeat(2_000));
      spans.add(CommandFixture.span(i, "db", i, SpanStatus.OK, attributes));
    }
    server.store().append(new Batch(1, spans));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void tenThousandTerms() throws Exception {
    Answer answer = ask("{\"q\":\"" + "op:a OR ".repeat(10_000) + "op:a\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(detail(answer)).contains("at most 10000");
  }

  @Test
  @Timeout(60)
  void wildcards() throws Exception {
    Answer tooMany = ask("{\"q\":\"text:" + "*a".repeat(500) + "\"}");
    Answer asManyAsAllowed = ask("{\"q\":\"text:" + "*a".repeat(20) + "b\"}");

    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(detail(tooMany)).contains("wildcards (expected: at most 20)");
    assertThat(asManyAsAllowed.body().path("rows").toString()).isEqualTo("[[0]]");
  }

  @Test
  void groupByAUniqueId() throws Exception {
    Answer answer =
        ask("{\"by\":[\"request.id\"],\"aggregates\":[\"count()\",\"p95(span.duration)\"]}");

    assertThat(answer.body().path("rows").size()).isEqualTo(100);
    assertThat(answer.body().path("left_out").toString()).contains("2900 more groups");
    assertThat(answer.body().path("other").path("groups").asInt()).isEqualTo(2900);
    assertThat(answer.body().path("other").path("values").path(0).asInt()).isEqualTo(2900);
  }

  @Test
  void p95OfText() throws Exception {
    Answer answer = ask("{\"aggregates\":[\"p95(request.id)\",\"count()\"]}");

    assertThat(answer.body().path("rows").toString()).isEqualTo("[[null," + SPANS + "]]");
  }

  @Test
  void fromAfterTo() throws Exception {
    Answer answer = ask("{\"from\":\"2026-11-20T10:00:00Z\",\"to\":\"2026-11-20T09:00:00Z\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(detail(answer)).contains("from: 2026-11-20T10:00:00Z (expected: before to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE spans; --",
        "x\\\" OR 1=1 --",
        "a' UNION SELECT * FROM read_text('/etc/passwd') --",
        "count()); COPY spans TO '/tmp/x'; --",
        "$1 ? :a %s ${s0} \\\\"
      })
  void sqlInEveryField(String text) throws Exception {
    for (String member : List.of("q", "from", "to", "range", "step")) {
      assertThat(ask("{\"" + member + "\":\"" + text + "\"}").status()).isIn(200, 400);
    }
    for (String member : List.of("aggregates", "by", "sort")) {
      assertThat(ask("{\"" + member + "\":[\"" + text + "\"]}").status()).isIn(200, 400);
    }
    String quoted = "\\\"" + text.replace("\\\"", "'").replace("\\\\", "/") + "\\\"";
    assertThat(ask("{\"q\":\"op:" + quoted + " OR " + quoted + ":1\"}").status()).isEqualTo(200);

    assertThat(ask("{}").body().path("rows").toString()).isEqualTo("[[" + SPANS + "]]");
  }

  private static String detail(Answer answer) {
    return answer.body().path("detail").asString();
  }

  private Answer ask(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/query"))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + server.token())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }
}
