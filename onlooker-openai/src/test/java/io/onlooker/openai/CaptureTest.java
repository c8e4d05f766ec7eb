package io.onlooker.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.ResponseCreateParams;
import io.onlooker.Onlooker;
import io.onlooker.export.SentryExporter;
import io.onlooker.export.SentrySpans;
import io.onlooker.test.CaptureServer;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.ScriptedModelServer.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What arrives at Sentry from here, beside what Sentry's own JavaScript client 11.12.0 was seen to
 * send for the same calls. Where the two differ on purpose, the test says what is sent instead.
 */
class CaptureTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String QUESTION = "What is the capital of France?";
  private static final JsonNode CAPTURED = captured();

  private final ScriptedModelServer server = ScriptedModelServer.start();

  private static JsonNode captured() {
    try (InputStream in =
        CaptureTest.class.getResourceAsStream("/sentry-javascript-11.12.0.json")) {
      return JSON.readTree(Objects.requireNonNull(in, "sentry-javascript-11.12.0.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The attributes of the one span that the use of a client makes, as they arrive at Sentry. */
  private Map<String, Object> sent(Consumer<OpenAIClient> use) throws IOException {
    try (CaptureServer sentry = CaptureServer.start()) {
      String dsn = "http://key@" + sentry.uri().getAuthority() + "/1";
      Onlooker onlooker =
          Onlooker.create(options ->
              options
                  .sendDefaultPii(true)
                  .exporter(SentryExporter.builder().dsn(dsn).spans(SentrySpans.STREAM).build()));
      try {
        use.accept(
            OnlookerOpenAi.instrument(
                Clients.shared(server.uri()), options -> options.onlooker(onlooker)));
      } catch (RuntimeException e) {
        assertThat(e).as("the client's own").isInstanceOf(OpenAIException.class);
      }
      onlooker.shutdown(Duration.ofSeconds(30));
      return attributes(sentry);
    }
  }

  /** Errors come in envelopes of their own. */
  private static Map<String, Object> attributes(CaptureServer sentry) throws IOException {
    while (true) {
      for (String line : sentry.take(Duration.ofSeconds(30)).text().lines().toList()) {
        JsonNode items = JSON.readTree(line).path("items");
        if (items.size() == 1) {
          return attributes(items.get(0));
        }
      }
    }
  }

  private static Map<String, Object> attributes(JsonNode span) {
    Map<String, Object> attributes = new TreeMap<>();
    span.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue().path("value"))));
    attributes.put("name", span.path("name").asText());
    attributes.put("status", span.path("status").asText());
    return attributes;
  }

  private static Object value(JsonNode node) {
    return node.isTextual() ? node.asText() : node.toString();
  }

  /** What the JavaScript client sent, but for what is its mock server's or said otherwise. */
  private static Map<String, Object> javaScript(String kind, String... otherwise) {
    Map<String, Object> attributes = new TreeMap<>();
    JsonNode span = CAPTURED.path(kind);
    span.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue())));
    attributes.put("sentry.op", span.path("op").asText());
    attributes.put("name", span.path("name").asText());
    attributes.put("status", span.path("status").asText());
    List<String> own = new ArrayList<>(List.of(otherwise));
    own.addAll(List.of("gen_ai.response.id", "gen_ai.response.model", "gen_ai.response.text"));
    // The legacy shape stands under the legacy name, see below.
    own.add("gen_ai.input.messages");
    own.forEach(attributes::remove);
    return attributes;
  }

  private static ChatCompletionCreateParams.Builder chat(String question) {
    return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage(question);
  }

  @Test
  void chat() throws IOException {
    server.reply(Reply.text("Paris.").tokens(15, 9));

    Map<String, Object> sent =
        sent(client ->
            client
                .chat()
                .completions()
                .create(
                    ChatCompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .addSystemMessage("You are a terse assistant.")
                        .addUserMessage(QUESTION)
                        .temperature(0.3)
                        .topP(0.9)
                        .frequencyPenalty(0.1)
                        .presencePenalty(0.2)
                        .build()));

    assertThat(sent).containsAllEntriesOf(javaScript("chat"));
    assertThat(sent)
        .containsEntry("gen_ai.response.text", "Paris.")
        .containsEntry(
            "gen_ai.input.messages",
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\""
                + QUESTION
                + "\"}]}]")
        .containsKeys("gen_ai.request.messages", "gen_ai.output.messages", "server.address");
  }

  @Test
  void chat_streamed() throws IOException {
    server.reply(Reply.text("One two three.").tokens(15, 9), Reply.text("One two three."));
    ChatCompletionCreateParams params =
        chat("Count from one to three please")
            .addSystemMessage("You are a terse assistant.")
            .build();
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();

    Map<String, Object> told =
        sent(client -> read(client, params.toBuilder().streamOptions(usage).build()));
    Map<String, Object> untold =
        sent(client -> read(client, chat("Count from one to three please").build()));

    assertThat(told).containsAllEntriesOf(javaScript("chat-stream-usage"));
    assertThat(told)
        .containsEntry("gen_ai.response.text", "One two three.")
        .containsKey("gen_ai.response.time_to_first_chunk");
    assertThat(untold).containsAllEntriesOf(javaScript("chat-stream-nousage"));
    assertThat(untold.keySet()).noneMatch(name -> name.startsWith("gen_ai.usage"));
  }

  private static void read(OpenAIClient client, ChatCompletionCreateParams params) {
    try (StreamResponse<?> chunks = client.chat().completions().createStreaming(params)) {
      chunks.stream().forEach(chunk -> {});
    }
  }

  @Test
  void chat_tools() throws IOException {
    server.reply(
        Reply.toolCall("get_weather", "{\"city\":\"mock city\",\"days\":7}").tokens(16, 9));
    FunctionDefinition weather =
        FunctionDefinition.builder()
            .name("get_weather")
            .description("Current weather of a city")
            .parameters(parameters(FunctionParameters.builder()).build())
            .build();

    Map<String, Object> sent =
        sent(client ->
            client
                .chat()
                .completions()
                .create(
                    chat("What is the weather in Seoul today?")
                        .addSystemMessage("You are a terse assistant.")
                        .addFunctionTool(weather)
                        .build()));

    // Equal as JSON: the order of members is the library's.
    String[] json = {"gen_ai.tool.definitions", "gen_ai.response.tool_calls"};
    assertThat(sent).containsAllEntriesOf(javaScript("chat-tools", json));
    assertThat(JSON.readTree(String.valueOf(sent.get(json[0]))))
        .isEqualTo(JSON.readTree(CAPTURED.at("/chat-tools/attributes/" + json[0]).asText()));
    assertThat(JSON.readTree(String.valueOf(sent.get(json[1]))).at("/0/function"))
        .isEqualTo(
            JSON.readTree(CAPTURED.at("/chat-tools/attributes/" + json[1]).asText())
                .at("/0/function"));
  }

  private static FunctionParameters.Builder parameters(FunctionParameters.Builder builder) {
    return builder
        .putAdditionalProperty("type", JsonValue.from("object"))
        .putAdditionalProperty(
            "properties",
            JsonValue.from(
                Map.of("city", Map.of("type", "string"), "days", Map.of("type", "integer"))))
        .putAdditionalProperty("required", JsonValue.from(List.of("city")));
  }

  @Test
  void chat_twice() throws IOException {
    server.reply(Reply.text("Paris.").choices(2).tokens(10, 18));

    Map<String, Object> sent =
        sent(client -> client.chat().completions().create(chat(QUESTION).n(2).build()));

    assertThat(sent).containsAllEntriesOf(javaScript("chat-n2"));
    assertThat(sent).containsEntry("gen_ai.response.text", "[\"Paris.\",\"Paris.\"]");
  }

  @Test
  void chat_reasonedAndCached() throws IOException {
    server.reply(Reply.text("Hello.").tokens(new Tokens(11, 17, 5, 7)));

    Map<String, Object> sent =
        sent(client -> client.chat().completions().create(chat("Hi").model("o4-mini").build()));

    assertThat(sent).containsAllEntriesOf(javaScript("chat-reasoning-cached"));
  }

  @Test
  void responses() throws IOException {
    server.reply(Reply.text("Paris.").tokens(15, 9));

    Map<String, Object> sent =
        sent(client ->
            client
                .responses()
                .create(
                    ResponseCreateParams.builder()
                        .model("gpt-4o-mini")
                        .temperature(0.5)
                        .input(QUESTION)
                        .build()));

    assertThat(sent).containsAllEntriesOf(javaScript("responses"));
    assertThat(sent)
        .containsEntry("gen_ai.request.messages", QUESTION)
        .containsEntry("gen_ai.response.text", "Paris.");
  }

  @Test
  void responses_items() throws IOException {
    server.reply(Reply.text("Hello.").tokens(new Tokens(16, 17, 8, 7)));
    var system = com.openai.models.responses.EasyInputMessage.Role.SYSTEM;
    var user = com.openai.models.responses.EasyInputMessage.Role.USER;

    Map<String, Object> sent =
        sent(client ->
            client
                .responses()
                .create(
                    ResponseCreateParams.builder()
                        .model("o4-mini")
                        .conversation("conv-a-001")
                        .inputOfResponse(
                            List.of(
                                item(system, "You are a terse assistant."),
                                item(user, "Use the cached context and say hello")))
                        .build()));

    assertThat(sent).containsAllEntriesOf(javaScript("responses-items"));
  }

  private static com.openai.models.responses.ResponseInputItem item(
      com.openai.models.responses.EasyInputMessage.Role role, String text) {
    return com.openai.models.responses.ResponseInputItem.ofEasyInputMessage(
        com.openai.models.responses.EasyInputMessage.builder().role(role).content(text).build());
  }

  @Test
  void responses_streamed() throws IOException {
    server.reply(Reply.text("One.").tokens(10, 9));
    ResponseCreateParams params =
        ResponseCreateParams.builder()
            .model("gpt-4o-mini")
            .input("Count from one to three please")
            .build();

    Map<String, Object> sent =
        sent(client -> {
          try (var events = client.responses().createStreaming(params)) {
            events.stream().forEach(event -> {});
          }
        });

    // There the states on the way count as reasons to finish, and the answer's text as a tool call.
    String[] better = {"gen_ai.response.finish_reasons", "gen_ai.response.tool_calls"};
    assertThat(sent).containsAllEntriesOf(javaScript("responses-stream", better));
    assertThat(sent).containsEntry(better[0], "[\"completed\"]").doesNotContainKey(better[1]);
  }

  @Test
  void responses_tools() throws IOException {
    server.reply(
        Reply.toolCall("get_weather", "{\"city\":\"mock city\",\"days\":7}").tokens(11, 9));
    FunctionTool.Parameters parameters =
        FunctionTool.Parameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .build();
    FunctionTool weather =
        FunctionTool.builder().name("get_weather").strict(false).parameters(parameters).build();

    Map<String, Object> sent =
        sent(client ->
            client
                .responses()
                .create(
                    ResponseCreateParams.builder()
                        .model("gpt-4o-mini")
                        .input("What is the weather in Seoul today?")
                        .addTool(weather)
                        .build()));

    String[] json = {"gen_ai.tool.definitions", "gen_ai.response.tool_calls"};
    assertThat(sent).containsAllEntriesOf(javaScript("responses-tools", json));
    assertThat(String.valueOf(sent.get(json[0]))).contains("get_weather");
    assertThat(String.valueOf(sent.get(json[1])))
        .contains("\"type\":\"function_call\"", "get_weather", "mock city");
  }

  @Test
  void embeddings() throws IOException {
    server.reply(Reply.text("").tokens(6, 0));

    Map<String, Object> sent =
        sent(client ->
            client
                .embeddings()
                .create(
                    EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .inputOfArrayOfStrings(List.of("first text to embed", "second one"))
                        .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                        .dimensions(8)
                        .build()));

    assertThat(sent).containsAllEntriesOf(javaScript("embeddings"));
  }

  @Test
  void errors() throws IOException {
    for (int status : List.of(401, 429)) {
      server.reply(Reply.error(status, "no").header("X-Should-Retry", "false"));
      String model = "err-" + status;

      Map<String, Object> sent =
          sent(client -> client.chat().completions().create(chat(QUESTION).model(model).build()));

      // There every error is an "Error".
      assertThat(sent).containsAllEntriesOf(javaScript(model, "error.type"));
      assertThat(sent)
          .containsEntry("error.message", status + ": no")
          .containsEntry("http.response.status_code", "" + status);
      assertThat(String.valueOf(sent.get("error.type"))).startsWith("com.openai.errors.");
    }
  }

  @Test
  void stream_cut() throws IOException {
    server.reply(Reply.text("One two three four").cutAfter(4));

    Map<String, Object> sent =
        sent(client -> read(client, chat("Hi").model("cut-gpt-4o-mini").build()));

    assertThat(sent).containsAllEntriesOf(javaScript("cut-stream"));
    assertThat(sent).containsEntry("gen_ai.response.text", "One two three ");
  }

  @Test
  void stream_left() throws IOException {
    server.reply(Reply.text("One two three four"));

    Map<String, Object> sent =
        sent(client -> {
          try (StreamResponse<?> chunks =
              client.chat().completions().createStreaming(chat("Hi").build())) {
            assertThat(chunks.stream().limit(2)).hasSize(2);
          }
        });

    assertThat(sent).containsAllEntriesOf(javaScript("stream-abandoned"));
    assertThat(sent).containsEntry("onlooker.closed_early", "true");
  }

  /** There the picture is sent as a whole. */
  @Test
  void image() throws IOException {
    String picture =
        CAPTURED
            .at("/chat-image/attributes/gen_ai.input.messages")
            .asText()
            .replaceAll("(?s).*\"url\":\"([^\"]+)\".*", "$1");
    server.reply(Reply.text("A dot.").tokens(10, 9));
    var part =
        com.openai.models.chat.completions.ChatCompletionContentPart.ofImageUrl(
            com.openai.models.chat.completions.ChatCompletionContentPartImage.builder()
                .imageUrl(
                    com.openai.models.chat.completions.ChatCompletionContentPartImage.ImageUrl
                        .builder()
                        .url(picture)
                        .build())
                .build());

    Map<String, Object> sent =
        sent(client ->
            client
                .chat()
                .completions()
                .create(
                    ChatCompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .addUserMessageOfArrayOfContentParts(List.of(part))
                        .build()));

    assertThat(sent).containsAllEntriesOf(javaScript("chat-image"));
    assertThat(String.valueOf(sent))
        .doesNotContain("iVBOR")
        .contains("\"mime_type\":\"image/png\",\"size\":70,\"sha256\":\"");
  }
}
