package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliserTest {

  @ParameterizedTest
  @CsvSource({
    "gen_ai.chat,,ai_client",
    "gen_ai.request,summarize,ai_client",
    "gen_ai.invoke_agent,invoke_agent,agent",
    "gen_ai.create_agent,,agent",
    "gen_ai.execute_tool,,tool",
    "gen_ai.handoff,,handoff",
    "gen_ai.embeddings,,ai_client",
    "ai.streamText,,agent",
    "ai.streamText.doStream,,ai_client",
    "ai.toolCall,,tool",
    "ai.span,model_inference,",
    "workflow.step,workflow_step,",
    "http.client,,",
    ",chat,ai_client"
  })
  void operationType(@Nullable String op, @Nullable String operation, @Nullable String type) {
    Attributes attributes = Attributes.builder().put(GenAi.OPERATION_NAME, operation).build();

    SpanData span = Normaliser.normalise(span(op, attributes));

    assertThat(span.attributes().string(GenAi.OPERATION_TYPE)).isEqualTo(type);
  }

  @Test
  void plainSpan_isLeftAlone() {
    SpanData span = span("http.client", Attributes.of(Map.of("url.full", "https://example.org")));

    assertThat(Normaliser.normalise(span)).isSameAs(span);
  }

  @Test
  void alias_isAddedAndStays() {
    SpanData span = chat(Map.of("gen_ai.system", "openai", "gen_ai.usage.prompt_tokens", "12"));

    assertThat(span.attributes().toMap())
        .containsEntry("gen_ai.system", "openai")
        .containsEntry(GenAi.PROVIDER_NAME, "openai")
        .containsEntry(GenAi.USAGE_INPUT_TOKENS, 12L)
        .containsEntry(GenAi.USAGE_TOTAL_TOKENS, 12L);
  }

  @Test
  void alias_neverOverwrites() {
    SpanData span = chat(Map.of("gen_ai.system", "old", GenAi.PROVIDER_NAME, "new"));

    assertThat(span.attributes().get(GenAi.PROVIDER_NAME)).isEqualTo("new");
  }

  @Test
  void alias_ofModelsMeansNothingElsewhere() {
    SpanData span =
        Normaliser.normalise(
            span("db", Attributes.of(Map.of("ai.model_id", "x", "sentry.release", "r"))));

    assertThat(span.attributes().toMap()).containsEntry("release", "r").hasSize(3);
  }

  @Test
  void output_fromTextAndToolCalls() {
    SpanData span =
        chat(
            Map.of(
                GenAi.RESPONSE_TEXT,
                "[\"On its way.\",\"\"]",
                GenAi.RESPONSE_TOOL_CALLS,
                "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"{}\"}}]"));

    assertThat(span.attributes().string(GenAi.OUTPUT_MESSAGES))
        .isEqualTo(
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"On its way.\"},"
                + "{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"find\",\"arguments\":\"{}\"}]}]");
  }

  @Test
  void input_ofFormerShape() {
    SpanData span =
        chat(Map.of("gen_ai.request.messages", "[{\"role\":\"user\",\"content\":\"Hello?\"}]"));

    assertThat(span.attributes().string(GenAi.INPUT_MESSAGES))
        .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hello?\"}]}]");
  }

  @Test
  void input_thatIsNoJson() {
    SpanData span = chat(Map.of("gen_ai.prompt", "[not json"));

    assertThat(span.attributes().string(GenAi.INPUT_MESSAGES)).isEqualTo("[not json");
  }

  @Test
  void finishReasons_asJsonText() {
    assertThat(chat(Map.of("gen_ai.response.stop_reason", "end_turn")).attributes().toMap())
        .containsEntry(GenAi.RESPONSE_FINISH_REASONS, "[\"end_turn\"]");
    assertThat(chat(Map.of("ai.finish_reason", List.of("stop", "stop"))).attributes().toMap())
        .containsEntry(GenAi.RESPONSE_FINISH_REASONS, "[\"stop\",\"stop\"]");
  }

  @Test
  void firstChunk_fromTheMomentItCame() {
    SpanData span = chat(Map.of("gen_ai.completion_start_time", "1970-01-01T00:00:01.250Z"));

    assertThat(span.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isEqualTo(0.25);
  }

  @Test
  void conversationAndUser_ofMastra() {
    SpanData span =
        chat(
            Map.of("metadata.threadId", "t-1", "metadata.userId", "u", "metadata.resourceId", "r"));

    assertThat(span.attributes().toMap())
        .containsEntry(GenAi.CONVERSATION_ID, "t-1")
        .containsEntry(GenAi.USER_ID, "r");
  }

  @Test
  void toolArguments_ofMcp() {
    SpanData span =
        Normaliser.normalise(
            span(
                "mcp.server",
                Attributes.of(
                    Map.of(
                        GenAi.OPERATION_NAME,
                        "execute_tool",
                        "mcp.tool.name",
                        "add",
                        "mcp.request.argument.a",
                        "1"))));

    assertThat(span.attributes().toMap())
        .containsEntry(GenAi.TOOL_NAME, "add")
        .containsEntry(GenAi.TOOL_CALL_ARGUMENTS, "{\"a\":\"1\"}");
  }

  private static SpanData chat(Map<String, ?> attributes) {
    return Normaliser.normalise(span("gen_ai.chat", Attributes.of(attributes)));
  }

  private static SpanData span(@Nullable String op, Attributes attributes) {
    return new SpanData(
        "a".repeat(32),
        "b".repeat(16),
        null,
        "span",
        op,
        1_000_000_000,
        2_000_000_000,
        SpanStatus.OK,
        true,
        attributes,
        List.of());
  }
}
