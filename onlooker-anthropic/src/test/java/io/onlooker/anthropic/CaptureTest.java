package io.onlooker.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onlooker.Onlooker;
import io.onlooker.export.SentryExporter;
import io.onlooker.export.SentrySpans;
import io.onlooker.test.CaptureServer;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.ScriptedModelServer.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What arrives at Sentry from here, beside what Sentry's own JavaScript client 11.12.0 was seen to
 * send for the same calls and answers. Where the two differ on purpose, the test says what is sent
 * instead.
 */
class CaptureTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** There in the legacy shape, which is sent here too, under its legacy name. */
  private static final String MESSAGES = "gen_ai.input.messages";

  private static final String FINISH_REASONS = "gen_ai.response.finish_reasons";
  private static final String COUNT = "Count from one to three please";

  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  /** The attributes of the one span that the use of a client makes, as they arrive at Sentry. */
  private Map<String, Object> sent(Consumer<AnthropicClient> use) throws IOException {
    try (CaptureServer sentry = CaptureServer.start()) {
      Onlooker onlooker =
          Onlooker.create(options ->
              options
                  .sendDefaultPii(true)
                  .exporter(
                      SentryExporter.builder()
                          .dsn(sentry.dsn())
                          .spans(SentrySpans.STREAM)
                          .build()));
      try {
        use.accept(
            OnlookerAnthropic.instrument(
                Clients.open(server), options -> options.onlooker(onlooker)));
      } catch (AnthropicServiceException e) {
        assertThat(e).as("the client's own").isInstanceOf(RateLimitException.class);
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
        .forEach(entry ->
            attributes.put(entry.getKey(), JavaScriptSpan.value(entry.getValue().path("value"))));
    attributes.put("name", span.path("name").asText());
    attributes.put("status", span.path("status").asText());
    return attributes;
  }

  /** The order of members is the library's. */
  private static JsonNode json(Map<String, Object> attributes, String name) throws IOException {
    return JSON.readTree(String.valueOf(attributes.get(name)));
  }

  private static MessageCreateParams.Builder ask(String question) {
    return MessageCreateParams.builder()
        .model("claude-sonnet-4-5")
        .maxTokens(64)
        .addUserMessage(question);
  }

  private static String parts(String question) {
    return "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + question + "\"}]}]";
  }

  @Test
  void message() throws IOException {
    JavaScriptSpan there = JavaScriptSpan.of("messages");
    server.reply(Reply.raw(there.answer()));
    MessageCreateParams params =
        ask("Use the cached context and say hello")
            .system("You are a terse assistant.")
            .putAdditionalBodyProperty("temperature", JsonValue.from(0.2))
            .putAdditionalBodyProperty("top_k", JsonValue.from(5))
            .build();

    Map<String, Object> here = sent(client -> client.messages().create(params));

    // There a whole number, here a double as in OpenTelemetry's conventions.
    assertThat(here)
        .containsAllEntriesOf(there.attributes(MESSAGES, "gen_ai.request.top_k"))
        .containsEntry("gen_ai.request.top_k", "5.0");
    // There only streams say why they ended.
    assertThat(there.attributes()).doesNotContainKey(FINISH_REASONS);
    assertThat(here)
        .containsEntry(FINISH_REASONS, "[\"end_turn\"]")
        .containsEntry(MESSAGES, parts("Use the cached context and say hello"))
        .containsEntry("server.address", "127.0.0.1")
        .containsKeys("gen_ai.output.messages", "server.port");
    assertThat(json(here, "gen_ai.request.messages")).isEqualTo(there.json(MESSAGES));
  }

  @Test
  void message_streamed() throws IOException {
    JavaScriptSpan there = JavaScriptSpan.of("messages-stream");
    server.reply(Reply.raw(there.events()));

    Map<String, Object> here = sent(client -> read(client, MessageAccumulator.create()));

    assertThat(here).containsAllEntriesOf(there.attributes(MESSAGES));
    assertThat(here)
        .containsEntry(MESSAGES, parts(COUNT))
        .containsKey("gen_ai.response.time_to_first_chunk");
  }

  private static void read(AnthropicClient client, MessageAccumulator accumulator) {
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(ask(COUNT).build())) {
      events.stream().forEach(accumulator::accumulate);
    }
  }

  /** There the helper's request is not said to be a stream. */
  @Test
  void message_streamedAndAddedUp() throws IOException {
    JavaScriptSpan there = JavaScriptSpan.of("messages-stream-helper");
    server.reply(Reply.raw(there.events()));
    MessageAccumulator accumulator = MessageAccumulator.create();

    Map<String, Object> here = sent(client -> read(client, accumulator));

    assertThat(Clients.text(accumulator.message())).isEqualTo(there.text("gen_ai.response.text"));
    assertThat(here).containsAllEntriesOf(there.attributes(MESSAGES));
    assertThat(there.attributes()).doesNotContainKey("gen_ai.request.stream");
    assertThat(here).containsEntry("gen_ai.request.stream", "true");
  }

  @Test
  void message_tools() throws IOException {
    JavaScriptSpan there = JavaScriptSpan.of("messages-tools");
    server.reply(Reply.raw(there.answer()));
    MessageCreateParams params =
        ask("What is the weather in Seoul today?").addTool(weather()).build();

    Map<String, Object> here = sent(client -> client.messages().create(params));

    String[] json = {"gen_ai.tool.definitions", "gen_ai.response.tool_calls"};
    assertThat(here).containsAllEntriesOf(there.attributes(MESSAGES, json[0], json[1]));
    for (String name : json) {
      assertThat(json(here, name)).isEqualTo(there.json(name));
    }
    assertThat(here).containsEntry(FINISH_REASONS, "[\"tool_use\"]");
  }

  private static Tool weather() {
    Tool.InputSchema.Properties properties =
        Tool.InputSchema.Properties.builder()
            .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
            .putAdditionalProperty("days", JsonValue.from(Map.of("type", "integer")))
            .build();
    return Tool.builder()
        .name("get_weather")
        .description("Current weather of a city")
        .inputSchema(
            Tool.InputSchema.builder().properties(properties).required(List.of("city")).build())
        .build();
  }

  @Test
  void message_refused() throws IOException {
    JavaScriptSpan there = JavaScriptSpan.of("err-429");
    String message = there.text("sentry.status.message");
    String body = message.substring(message.indexOf('{'));
    server.reply(
        new Reply(
            429,
            "",
            "",
            "",
            new Tokens(0, 0, 0, 0),
            1,
            Map.of("X-Should-Retry", "false"),
            body,
            Integer.MAX_VALUE,
            null));
    MessageCreateParams params = ask("What is the capital of France?").model("err-429").build();

    Map<String, Object> here = sent(client -> client.messages().create(params));

    // There the class has no package, and the message no colon.
    assertThat(here)
        .containsAllEntriesOf(there.attributes(MESSAGES, "error.type", "sentry.status.message"));
    assertThat(here)
        .containsEntry("error.type", RateLimitException.class.getName())
        .containsEntry("http.response.status_code", "429")
        .containsEntry("error.message", "429: " + body)
        .containsEntry("sentry.status.message", "429: " + body);
  }
}
