package io.onlooker.store.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanKindTest {

  @ParameterizedTest
  @CsvSource({
    "chat, gen_ai.chat, MODEL",
    "generate_content, gen_ai.generate_content, MODEL",
    "summarize, gen_ai.request, MODEL",
    "chat, , MODEL",
    "model_inference, ai.span, WRAPPER",
    "agent_step, , WRAPPER",
    "embeddings, gen_ai.embeddings, DATA",
    "memory_operation, ai.span, DATA",
    "workflow_step, workflow.step, WORKFLOW",
    "invoke_workflow, invoke_workflow, WORKFLOW",
    "processor_run, ai.processor, OTHER",
    "brand_new_type, ai.span, OTHER",
    "brand_new_type, ai.brand_new_type, OTHER"
  })
  void client_byOperationAndOp(String operation, String op, SpanKind expected) {
    AgentSpans span = AgentSpans.client("one", null, operation);

    assertThat(SpanKind.of((op == null ? span : span.op(op)).build())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "model_inference, WRAPPER",
    "agent_step, WRAPPER",
    "memory_operation, DATA",
    "workflow_step, WORKFLOW",
    "brand_new_type, OTHER"
  })
  void untyped_byOperation(String operation, SpanKind expected) {
    SpanData span =
        AgentSpans.other("one", null, "ai." + operation)
            .with(GenAi.OPERATION_NAME, operation)
            .build();

    assertThat(SpanKind.of(span)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "workflow.parallel, WORKFLOW",
    "db.query, DATA",
    "http.client, OTHER",
    "gen_ai.chat, OTHER"
  })
  void untyped_byOp(String op, SpanKind expected) {
    assertThat(SpanKind.of(AgentSpans.other("one", null, op).build())).isEqualTo(expected);
  }

  @Test
  void agent_createdIsNotRun() {
    assertThat(SpanKind.of(AgentSpans.agent("one", null).build())).isEqualTo(SpanKind.AGENT);
    assertThat(
            SpanKind.of(
                AgentSpans.agent("one", null).with(GenAi.OPERATION_NAME, "create_agent").build()))
        .isEqualTo(SpanKind.OTHER);
  }
}
