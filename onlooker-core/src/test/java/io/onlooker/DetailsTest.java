package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetailsTest {

  private final Recorded recorded = new Recorded();
  private final Onlooker onlooker = recorded.onlooker;

  @AfterEach
  void close() {
    recorded.close();
  }

  private SpanSnapshot record(SpanOptions options, Details... details) {
    Span span = onlooker.startInactiveSpan(options);
    for (Details detail : details) {
      span.set(detail);
    }
    span.end();
    return recorded.span();
  }

  @Test
  void agentRun() {
    Details.Agent agent = Details.Agent.of("Be kind.", "search", "refund").maxSteps(5);
    SpanSnapshot span =
        record(SpanOptions.agentRun("support").with(agent.conversationId("conv-1")));

    assertThat(span.type()).isEqualTo(SpanType.AGENT_RUN);
    assertThat(span.name()).isEqualTo("invoke_agent support");
    assertThat(span.entityName()).isEqualTo("support");
    assertThat(span.attributes().toMap())
        .containsExactly(
            entry("gen_ai.operation.name", "invoke_agent"),
            entry("gen_ai.agent.name", "support"),
            entry("gen_ai.system_instructions", "Be kind."),
            entry("gen_ai.tool.definitions", List.of("search", "refund")),
            entry("gen_ai.agent.max_steps", 5L),
            entry("gen_ai.conversation.id", "conv-1"));
  }

  @Test
  void modelGeneration() {
    SpanSnapshot span =
        record(
            SpanOptions.modelGeneration("gpt-4o", "openai")
                .with(Details.Request.of(0.7, 500).streaming(true)),
            Details.Response.of("resp-1", "gpt-4o-2024-08-06", "stop")
                .streamed(Duration.ofMillis(250)),
            Usage.of(120, 30).cacheRead(100).cacheWrite(8).reasoning(12));

    assertThat(span.name()).isEqualTo("chat gpt-4o");
    assertThat(span.attributes().toMap())
        .containsExactly(
            entry("gen_ai.operation.name", "chat"),
            entry("gen_ai.request.model", "gpt-4o"),
            entry("gen_ai.provider.name", "openai"),
            entry("gen_ai.request.temperature", 0.7),
            entry("gen_ai.request.max_tokens", 500L),
            entry("gen_ai.request.stream", true),
            entry("gen_ai.response.id", "resp-1"),
            entry("gen_ai.response.model", "gpt-4o-2024-08-06"),
            entry("gen_ai.response.finish_reasons", List.of("stop")),
            entry("gen_ai.response.streaming", true),
            entry("gen_ai.response.time_to_first_chunk", 0.25),
            entry("gen_ai.usage.input_tokens", 120L),
            entry("gen_ai.usage.output_tokens", 30L),
            entry("gen_ai.usage.total_tokens", 150L),
            entry("gen_ai.usage.cache_read.input_tokens", 100L),
            entry("gen_ai.usage.cache_creation.input_tokens", 8L),
            entry("gen_ai.usage.reasoning.output_tokens", 12L));
  }

  @Test
  void modelStepAndChunk() {
    SpanSnapshot step = record(SpanOptions.modelStep(2), new Details.Step("tool_calls", true));

    assertThat(step.type()).isEqualTo(SpanType.MODEL_STEP);
    assertThat(step.attributes().toMap())
        .containsExactly(
            entry("gen_ai.step.index", 2L),
            entry("gen_ai.response.finish_reasons", List.of("tool_calls")),
            entry("gen_ai.step.continued", true));
    onlooker.startInactiveSpan(SpanOptions.modelChunk("text", 7)).end();
    SpanSnapshot chunk = recorded.spans().get(1);
    assertThat(chunk.type()).isEqualTo(SpanType.MODEL_CHUNK);
    assertThat(chunk.attributes().number("gen_ai.chunk.sequence")).isEqualTo(7);
  }

  @Test
  void toolCall() {
    SpanSnapshot span =
        record(
            SpanOptions.toolCall("search")
                .with(new Details.Tool("call-1", "function", "Finds things", null))
                .input("{\"q\":1}"),
            Details.Tool.ended(true));

    assertThat(span.name()).isEqualTo("execute_tool search");
    assertThat(span.input()).isEqualTo("{\"q\":1}");
    assertThat(span.attributes().toMap())
        .contains(
            entry("gen_ai.operation.name", "execute_tool"),
            entry("gen_ai.tool.name", "search"),
            entry("gen_ai.tool.type", "function"),
            entry("gen_ai.tool.call.id", "call-1"),
            entry("gen_ai.tool.description", "Finds things"),
            entry("tool.success", true));
  }

  @Test
  void mcpToolCall() {
    SpanSnapshot span =
        record(
            SpanOptions.mcpToolCall("add", "calculator")
                .with(new Details.McpServer(null, "1.2", "localhost")));

    assertThat(span.type()).isEqualTo(SpanType.MCP_TOOL_CALL);
    assertThat(span.attributes().toMap())
        .contains(
            entry("mcp.server.name", "calculator"),
            entry("mcp.server.version", "1.2"),
            entry("server.address", "localhost"));
  }

  @Test
  void workflowRunAndStep() {
    Span run = onlooker.startInactiveSpan(SpanOptions.workflowRun("onboarding"));
    Span step = run.startChild(SpanOptions.workflowStep("welcome-mail"));
    step.set(Details.Status.ofStep("success")).end();
    run.set(Details.Status.ofWorkflow("suspended")).end();

    SpanSnapshot stepSpan = recorded.span("workflow_step welcome-mail");
    assertThat(stepSpan.entityId()).isEqualTo("welcome-mail");
    assertThat(stepSpan.attributes().toMap())
        .containsExactly(
            entry("workflow.step.id", "welcome-mail"), entry("workflow.step.status", "success"));
    assertThat(recorded.span("invoke_workflow onboarding").attributes().toMap())
        .containsExactly(entry("workflow.id", "onboarding"), entry("workflow.status", "suspended"));
  }

  @Test
  void workflowBranches() {
    SpanSnapshot conditional =
        record(
            SpanOptions.workflowConditional(Details.Conditional.of(2)),
            new Details.Conditional(2, List.of(1), List.of("refund")));

    assertThat(conditional.attributes().toMap())
        .containsExactly(
            entry("workflow.conditional.count", 2L),
            entry("workflow.conditional.truthy_indexes", List.of(1L)),
            entry("workflow.conditional.selected_steps", List.of("refund")));
    onlooker.startInactiveSpan(SpanOptions.workflowParallel(Details.Parallel.of("a", "b"))).end();
    onlooker
        .startInactiveSpan(SpanOptions.workflowLoop(new Details.Loop("foreach", 3, 10, 2)))
        .end();
    assertThat(recorded.spans().get(1).attributes().toMap())
        .containsExactly(
            entry("workflow.parallel.count", 2L),
            entry("workflow.parallel.steps", List.of("a", "b")));
    assertThat(recorded.spans().get(2).attributes().toMap())
        .containsExactly(
            entry("workflow.loop.type", "foreach"),
            entry("workflow.loop.iteration", 3L),
            entry("workflow.loop.total_iterations", 10L),
            entry("workflow.loop.concurrency", 2L));
  }

  @Test
  void processorRun() {
    SpanSnapshot span =
        record(SpanOptions.processorRun("moderation"), new Details.Guardrail("legacy", "input", 0));

    assertThat(span.type()).isEqualTo(SpanType.PROCESSOR_RUN);
    assertThat(span.entityName()).isEqualTo("moderation");
    assertThat(span.attributes().toMap())
        .containsExactly(
            entry("processor.executor", "legacy"),
            entry("processor.phase", "input"),
            entry("processor.index", 0L));
  }

  @Test
  void usage_unknownIsNotZero() {
    SpanSnapshot span = record(SpanOptions.named("chat"), new Usage(null, null, null, null, null));

    assertThat(span.attributes().isEmpty()).isTrue();
  }

  @Test
  void modelSpans_haveTheAgentAboveThem() {
    Details.Agent agent = Details.Agent.of(null).conversationId("conv-9");
    onlooker.runSpan(
        SpanOptions.agentRun("support").with(agent),
        run -> {
          Span model = run.startChild(SpanOptions.modelGeneration("gpt-4o", "openai"));
          model.startChild(SpanOptions.toolCall("search")).end();
          model.end();
          run.startChild(SpanOptions.named("http")).end();
        });

    SpanSnapshot model = recorded.span("chat gpt-4o");
    assertThat(model.entityName()).isEqualTo("support");
    assertThat(model.attributes().toMap())
        .contains(entry("gen_ai.agent.name", "support"), entry("gen_ai.conversation.id", "conv-9"));
    SpanSnapshot tool = recorded.span("execute_tool search");
    assertThat(tool.entityName()).isEqualTo("search");
    assertThat(tool.attributes().get("gen_ai.agent.name")).isEqualTo("support");
    assertThat(recorded.span("http").attributes().isEmpty()).isTrue();
  }

  @Test
  void firstChunk_countsOnce() {
    Span span = onlooker.startInactiveSpan(SpanOptions.modelGeneration("gpt-4o", "openai"));
    span.firstChunk().update();
    span.firstChunk().end();

    Object first =
        recorded
            .of(TracingEvent.Kind.SPAN_UPDATED)
            .get(0)
            .attributes()
            .get(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK);
    assertThat(first).isInstanceOf(Double.class);
    assertThat(recorded.span().attributes().get(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK))
        .isEqualTo(first);
  }
}
