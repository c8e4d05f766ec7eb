package io.onlooker.anthropic;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.core.opentelemetry.OpenTelemetryRequestOptions;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.ModelCall;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a span says about a call, in the words of Anthropic's own answers. */
class RecordingTest {

  private static final String CACHED =
      """
      {"input_tokens":12,"cache_read_input_tokens":2048,"cache_creation_input_tokens":96,\
      "cache_creation":{"ephemeral_5m_input_tokens":64,"ephemeral_1h_input_tokens":32},\
      "output_tokens":40,"output_tokens_details":{"thinking_tokens":30},"service_tier":"priority"}\
      """;

  private static final String CONTENT =
      """
      [{"type":"thinking","thinking":"Which order?","signature":"c2ln"},\
      {"type":"text","text":"Let me look."},\
      {"type":"tool_use","id":"toolu_1","name":"check-order","input":{"id":4711}}]\
      """;

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();

  private final ScriptedModelServer server = ScriptedModelServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private AnthropicClient client() {
    return OnlookerAnthropic.instrument(
        Clients.open(server),
        options -> options.onlooker(recorder.onlooker()).recordInputs(true).recordOutputs(true));
  }

  private SpanSnapshot create(MessageCreateParams params) {
    assertThat(client().messages().create(params).id()).isNotEmpty();
    return takeOne();
  }

  private SpanSnapshot stream(String events) {
    server.reply(Reply.raw(events));
    try (StreamResponse<RawMessageStreamEvent> stream =
        client().messages().createStreaming(Clients.ask("Why?"))) {
      assertThat(stream.stream().count()).isPositive();
    }
    return takeOne();
  }

  private SpanSnapshot takeOne() {
    List<SpanSnapshot> spans = recorder.takeAll();
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  private static String message(String content, String usage) {
    return """
    {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",\
    "content":%s,"stop_reason":"tool_use","stop_sequence":null,"usage":%s}\
    """
        .formatted(content, usage);
  }

  private static String event(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, fields);
  }

  @Test
  void input_includesTheCache() {
    server.reply(Reply.raw(message(CONTENT, CACHED)));

    hasCachedTokens(create(Clients.ask("Why?")));
  }

  private static void hasCachedTokens(SpanSnapshot span) {
    assertThat(span)
        .hasAttribute(GenAi.USAGE_INPUT_TOKENS, 12 + 2048 + 96)
        .hasAttribute(GenAi.USAGE_CACHE_READ, 2048)
        .hasAttribute(GenAi.USAGE_CACHE_CREATION, 96)
        .hasAttribute("gen_ai.usage.cache_creation.ephemeral_5m_input_tokens", 64)
        .hasAttribute("gen_ai.usage.cache_creation.ephemeral_1h_input_tokens", 32)
        .hasAttribute(GenAi.USAGE_OUTPUT_TOKENS, 40)
        .hasAttribute(GenAi.USAGE_TOTAL_TOKENS, 12 + 2048 + 96 + 40)
        .hasAttribute(GenAi.USAGE_REASONING, 30)
        .hasAttribute("gen_ai.response.service_tier", "priority");
  }

  @Test
  void answer_withThinkingAndTools() {
    server.reply(Reply.raw(message(CONTENT, CACHED)));

    hasContent(create(Clients.ask("Why?")));
  }

  private static void hasContent(SpanSnapshot span) {
    assertThat(span)
        .hasAttribute(GenAi.RESPONSE_ID, "msg_1")
        .hasAttribute(GenAi.RESPONSE_MODEL, "claude-sonnet-4-5-20250929")
        .hasAttribute(GenAi.RESPONSE_FINISH_REASONS, List.of("tool_use"))
        .hasAttribute(GenAi.RESPONSE_TEXT, "Let me look.")
        .hasAttribute(
            GenAi.RESPONSE_TOOL_CALLS,
            "[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"check-order\","
                + "\"input\":{\"id\":4711}}]")
        .hasAttribute(
            GenAi.OUTPUT_MESSAGES,
            "[{\"role\":\"assistant\",\"parts\":["
                + "{\"type\":\"reasoning\",\"content\":\"Which order?\"},"
                + "{\"type\":\"text\",\"content\":\"Let me look.\"},"
                + "{\"type\":\"tool_call\",\"id\":\"toolu_1\",\"name\":\"check-order\","
                + "\"arguments\":{\"id\":4711}}],\"finish_reason\":\"tool_use\"}]");
  }

  @Test
  void stream_saysTheSame() {
    String start = message("[]", CACHED.replace("\"output_tokens\":40", "\"output_tokens\":1"));
    SpanSnapshot span =
        stream(
            event("message_start", ",\"message\":" + start.replace("\"tool_use\"", "null"))
                + block(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
                + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Which \"}")
                + delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"order?\"}")
                + delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}")
                + event("content_block_stop", ",\"index\":0")
                + block(1, "{\"type\":\"text\",\"text\":\"\"}")
                + delta(1, "{\"type\":\"text_delta\",\"text\":\"Let me look.\"}")
                + event("novel_event", ",\"novel\":1")
                + block(
                    2,
                    "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"check-order\","
                        + "\"input\":{}}")
                + delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}")
                + delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"id\\\":\"}")
                + delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\" 4711}\"}")
                + delta(2, "{\"type\":\"novel_delta\",\"novel\":1}")
                + event(
                    "message_delta",
                    ",\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},"
                        + "\"usage\":{\"output_tokens\":40}")
                + event("message_stop", ""));

    hasContent(span);
    hasCachedTokens(span);
    assertThat(span.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
  }

  private static String block(int index, String block) {
    return event("content_block_start", ",\"index\":" + index + ",\"content_block\":" + block);
  }

  private static String delta(int index, String delta) {
    return event("content_block_delta", ",\"index\":" + index + ",\"delta\":" + delta);
  }

  @Test
  void request_isTold() {
    server.reply(Reply.text("Because."));

    SpanSnapshot span =
        create(
            Clients.ask("Why?").toBuilder()
                .system("Be terse.")
                .addStopSequence("END")
                .putAdditionalBodyProperty("temperature", JsonValue.from(0.5))
                .putAdditionalBodyProperty("top_k", JsonValue.from(5))
                .putAdditionalBodyProperty("speed", JsonValue.from("fast"))
                .serviceTier(MessageCreateParams.ServiceTier.STANDARD_ONLY)
                .build());

    assertThat(span)
        .hasAttribute(GenAi.REQUEST_MAX_TOKENS, 64)
        .hasAttribute(GenAi.REQUEST_TEMPERATURE, 0.5)
        .hasAttribute(GenAi.REQUEST_TOP_K, 5.0)
        .hasAttribute(GenAi.REQUEST_STOP_SEQUENCES, List.of("END"))
        .hasAttribute("gen_ai.request.service_tier", "standard_only")
        .hasAttribute(GenAi.SYSTEM_INSTRUCTIONS, "[{\"type\":\"text\",\"content\":\"Be terse.\"}]")
        .hasNoAttribute(GenAi.REQUEST_STREAM);
    assertThat(span.input()).asString().contains("role=user", "Why?");
  }

  @Test
  void conversation_isTheRequestsOwn() {
    server.reply(Reply.text("Because."));
    RequestOptions options =
        RequestOptions.builder()
            .openTelemetry(OpenTelemetryRequestOptions.builder().conversationId("chat-1").build())
            .build();

    assertThat(client().messages().create(Clients.ask("Why?"), options).id()).isNotEmpty();

    assertThat(takeOne()).hasAttribute(GenAi.CONVERSATION_ID, "chat-1");
  }

  @Test
  void image_isItsDigest() {
    server.reply(Reply.text("A cat."));
    String image = "iVBORw0KGgo".repeat(20);
    Map<String, Object> source =
        Map.of("type", "base64", "media_type", "image/png", "data", image + "AA==");
    Object messages =
        List.of(
            Map.of("role", "user", "content", List.of(Map.of("type", "image", "source", source))));

    SpanSnapshot span =
        create(
            MessageCreateParams.builder()
                .model("gpt-4o")
                .maxTokens(64)
                .messages(
                    JsonValue.from(messages)
                        .convert(
                            new com.fasterxml.jackson.core.type.TypeReference<
                                List<com.anthropic.models.messages.MessageParam>>() {}))
                .build());

    assertThat(span.input())
        .asString()
        .contains("image/png", "sha256=", "size=")
        .doesNotContain(image);
  }

  @Test
  void stream_closedAfterItsLastEvent() {
    server.reply(Reply.text("Because."));

    try (StreamResponse<RawMessageStreamEvent> stream =
        client().messages().createStreaming(Clients.ask("Why?"))) {
      assertThat(stream.stream().filter(RawMessageStreamEvent::isMessageStop).findFirst())
          .isPresent();
    }

    assertThat(takeOne())
        .hasAttribute(GenAi.USAGE_OUTPUT_TOKENS, 8)
        .hasNoAttribute(ModelCall.CLOSED_EARLY);
  }

  @Test
  void stream_fails() {
    server.reply(
        Reply.raw(
            event("message_start", ",\"message\":" + message("[]", "{\"input_tokens\":9}"))
                + block(0, "{\"type\":\"text\",\"text\":\"Be\"}")
                + event(
                    "error",
                    ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"too busy\"}")));

    Throwable thrown =
        catchThrowable(() -> {
          try (StreamResponse<RawMessageStreamEvent> stream =
              client().messages().createStreaming(Clients.ask("Why?"))) {
            stream.stream().forEach(event -> {});
          }
        });

    assertThat(thrown).isNotNull();
    SpanSnapshot span = takeOne();
    assertThat(span)
        .hasStatus(SpanStatus.Code.ERROR)
        .hasError(thrown.getClass().getName())
        .hasAttribute(GenAi.USAGE_INPUT_TOKENS, 9)
        .hasNoAttribute(GenAi.USAGE_OUTPUT_TOKENS)
        .hasNoAttribute(GenAi.USAGE_TOTAL_TOKENS)
        .hasAttribute(GenAi.RESPONSE_TEXT, "Be");
  }

  @Test
  void answer_isHuge() {
    SpanSnapshot span =
        stream(
            event("message_start", ",\"message\":" + message("[]", "{\"input_tokens\":9}"))
                + block(0, "{\"type\":\"text\",\"text\":\"\"}")
                + delta(0, "{\"type\":\"text_delta\",\"text\":\"" + "x ".repeat(3 << 18) + "\"}"));

    assertThat(span.attributes().string(GenAi.RESPONSE_TEXT))
        .hasSizeLessThan((1 << 20) + 100)
        .endsWith("…[truncated " + (1 << 19) + " chars]");
  }
}
