package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.store.span.Message;
import io.onlooker.store.span.Messages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each file of {@code dialects}: a span as one framework writes it, and how it must be read. */
@Timeout(60)
class DialectsTest {

  private static final String TOKEN = "token-0123456789abcdef";
  private static final Path CASES = Path.of("src/test/resources/dialects");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path folder;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static OnlookerServer server;

  private static int number;

  @BeforeAll
  static void open() throws Exception {
    server =
        OnlookerServer.open(
            ServerConfig.of(folder)
                .withAddress("127.0.0.1", 0)
                .withOtlpPorts(false)
                .withKeys(null, TOKEN));
  }

  @AfterAll
  static void close() {
    server.close();
    HTTP.close();
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void span_ofDialect(Path file) throws Exception {
    JsonNode expected = JSON.readTree(Files.readString(file)).path("expect");
    String trace = "%032x".formatted(++number);

    post(request(trace, JSON.readTree(Files.readString(file))));

    JsonNode span = get("/api/v1/traces/" + trace).path("spans").get(0);
    assertThat(span.path("op").asString("")).isEqualTo(expected.path("op").asString());
    JsonNode attributes = span.path("attributes");
    expected
        .path("attributes")
        .properties()
        .forEach(wanted ->
            assertThat(attributes.path(wanted.getKey()))
                .as(wanted.getKey())
                .isEqualTo(wanted.getValue()));
    boolean tool = attributes.path("gen_ai.operation.type").asString("").equals("tool");
    assertThat(tool ? toolText(attributes, "arguments", "input") : question(attributes))
        .isEqualTo(expected.path("input").asString());
    assertThat(tool ? toolText(attributes, "result", "output") : answer(attributes))
        .isEqualTo(expected.path("output").asString());
  }

  private static String question(JsonNode attributes) {
    String text = either(attributes, "gen_ai.input.messages", "input");
    return said(Messages.question(Messages.read(text, Message.Role.USER)));
  }

  private static String answer(JsonNode attributes) {
    String text = either(attributes, "gen_ai.output.messages", "output");
    return said(Messages.answer(Messages.read(text, Message.Role.ASSISTANT)));
  }

  /** Empty where nobody said anything. */
  private static String said(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String toolText(JsonNode attributes, String name, String otherwise) {
    return either(attributes, "gen_ai.tool.call." + name, otherwise);
  }

  private static String either(JsonNode attributes, String name, String otherwise) {
    return attributes.path(name).asString(attributes.path(otherwise).asString(""));
  }

  /** As OpenTelemetry's exporters send it. */
  private static String request(String trace, JsonNode given) {
    ObjectNode span = JSON.createObjectNode();
    span.put("traceId", trace).put("spanId", trace.substring(16));
    span.put("name", given.path("name").asString()).put("kind", 1);
    long start = System.currentTimeMillis() * 1_000_000;
    span.put("startTimeUnixNano", Long.toString(start));
    span.put("endTimeUnixNano", Long.toString(start + 1_000_000_000));
    putAll(span.putArray("attributes"), given.path("attributes"));
    ArrayNode events = span.putArray("events");
    for (JsonNode event : given.path("events")) {
      ObjectNode told = events.addObject();
      told.put("name", event.path("name").asString()).put("timeUnixNano", Long.toString(start));
      putAll(told.putArray("attributes"), event.path("attributes"));
    }
    ObjectNode request = JSON.createObjectNode();
    ObjectNode scope =
        request.putArray("resourceSpans").addObject().putArray("scopeSpans").addObject();
    scope.putArray("spans").add(span);
    return request.toString();
  }

  private static void putAll(ArrayNode pairs, JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      ObjectNode pair = pairs.addObject().put("key", field.getKey());
      put(pair.putObject("value"), field.getValue());
    }
  }

  private static void put(ObjectNode typed, JsonNode value) {
    if (value.isObject()) {
      putAll(typed.putObject("kvlistValue").putArray("values"), value);
    } else if (value.isArray()) {
      ArrayNode values = typed.putObject("arrayValue").putArray("values");
      value.forEach(element -> put(values.addObject(), element));
    } else if (value.isIntegralNumber()) {
      typed.put("intValue", value.asString());
    } else {
      typed.put("stringValue", value.asString());
    }
  }

  private static void post(String body) throws Exception {
    HttpRequest request =
        request("/v1/traces")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode get(String path) throws Exception {
    return JSON.readTree(HTTP.send(request(path).build(), BodyHandlers.ofString()).body());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Bearer " + TOKEN);
  }
}
