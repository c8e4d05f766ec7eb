package io.onlooker.server.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.span.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepsTest {

  /** An agent over OTLP: every round has a wrapper around its model call and its tool. */
  private final List<SpanData> spans =
      List.of(
          span("web", null, 0, null, "http.server"),
          span("agent", "web", 1, "agent", "invoke_agent"),
          span("loop", "agent", 2, "ai_client", "model_generation"),
          span("round1", "loop", 3, "ai_client", "agent_step"),
          span("chat1", "round1", 4, "ai_client", "chat"),
          span("tool", "round1", 5, "tool", "execute_tool"),
          span("sub", "tool", 6, "agent", "invoke_agent"),
          span("round2", "loop", 8, "ai_client", "agent_step"),
          span("chat2", "round2", 9, "ai_client", "chat"));

  @Test
  void trace_wrappersAreFolded() {
    List<Step> steps = Steps.ofTrace(spans);

    assertThat(steps)
        .extracting(step -> step.span().spanId())
        .containsExactly("web", "agent", "chat1", "tool", "sub", "chat2");
    assertThat(steps).extracting(Step::depth).containsExactly(0, 1, 2, 2, 3, 2);
    assertThat(steps)
        .extracting(Step::parentSpanId)
        .containsExactly(null, "web", "agent", "agent", "tool", "agent");
    assertThat(steps.get(1).folded())
        .extracting(SpanData::spanId)
        .containsExactly("loop", "round1", "round2");
  }

  @Test
  void run_beginsAtItsRoot() {
    List<Step> steps = Steps.ofRun(spans, "agent");

    assertThat(steps.getFirst().span().spanId()).isEqualTo("agent");
    assertThat(steps.getFirst().depth()).isZero();
    assertThat(steps.getFirst().parentSpanId()).isNull();
    assertThat(steps.getLast().offsetNanos()).isEqualTo(8_000_000);
    assertThat(Steps.ofRun(spans, "unknown")).isEmpty();
  }

  @Test
  void story_callsAndSubAgents() {
    List<Step> story = Steps.story(Steps.ofRun(spans, "agent"));

    assertThat(story)
        .extracting(Step::kind)
        .containsExactly(SpanKind.MODEL, SpanKind.TOOL, SpanKind.AGENT, SpanKind.MODEL);
  }

  @Test
  void trace_anyOrder() {
    List<SpanData> shuffled = new ArrayList<>(spans);
    Collections.shuffle(shuffled, new Random(3));

    assertThat(Steps.ofTrace(shuffled)).isEqualTo(Steps.ofTrace(spans));
  }

  @Test
  void trace_wrapperWithoutParent() {
    List<Step> steps = Steps.ofTrace(spans.subList(3, 5));

    assertThat(steps).extracting(Step::kind).containsExactly(SpanKind.OTHER, SpanKind.MODEL);
    assertThat(Steps.ofTrace(List.of())).isEmpty();
  }

  @Test
  void step_figuresOfAModelCall() {
    Step step =
        only(
            Map.of(
                GenAi.OPERATION_TYPE, "ai_client",
                GenAi.OPERATION_NAME, "chat",
                GenAi.PROVIDER_NAME, "openai.responses",
                GenAi.REQUEST_MODEL, "gpt-4o",
                GenAi.USAGE_OUTPUT_TOKENS, 7));

    assertThat(step.title()).isEqualTo("gpt-4o");
    assertThat(step.provider()).isEqualTo("openai");
    assertThat(step.inputTokens()).isNull();
    assertThat(step.totalTokens()).isEqualTo(7);
    assertThat(step.durationMillis()).isEqualTo(1.0);
    assertThat(step.fault()).isNull();
  }

  @Test
  void step_agentRepeatsNoTokens() {
    Step step = only(Map.of(GenAi.OPERATION_TYPE, "agent", GenAi.USAGE_INPUT_TOKENS, 7));

    assertThat(step.totalTokens()).isNull();
    assertThat(step.title()).isEqualTo("one");
  }

  private static Step only(Map<String, ?> attributes) {
    SpanData span = span("one", null, 0, null, "x").withAttributes(Attributes.of(attributes));
    return Steps.ofTrace(List.of(span)).getFirst();
  }

  private static SpanData span(
      String id, @Nullable String parent, long millis, @Nullable String type, String operation) {
    Attributes.Builder attributes =
        Attributes.builder().put(GenAi.OPERATION_TYPE, type).put(GenAi.OPERATION_NAME, operation);
    return new SpanData(
        "0af7651916cd43dd8448eb211c80319c",
        id,
        parent,
        id,
        null,
        millis * 1_000_000,
        (millis + 1) * 1_000_000,
        SpanStatus.OK,
        parent == null,
        attributes.build(),
        List.of());
  }
}
