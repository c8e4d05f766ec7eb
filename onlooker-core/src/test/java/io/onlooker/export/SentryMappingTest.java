package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.GENERIC;
import static io.onlooker.SpanType.MCP_TOOL_CALL;
import static io.onlooker.SpanType.MODEL_CHUNK;
import static io.onlooker.SpanType.MODEL_GENERATION;
import static io.onlooker.SpanType.MODEL_STEP;
import static io.onlooker.SpanType.TOOL_CALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Drop;
import io.onlooker.GenAi;
import io.onlooker.SpanType;
import io.onlooker.TracingEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Operations, names and attributes on the wire (seed 000). */
@Timeout(30)
class SentryMappingTest {

  private final Given agent = Given.root(1, AGENT_RUN).entity("desk").at(0, 9);
  private final Given generation =
      agent.child(2, MODEL_GENERATION).set(GenAi.REQUEST_MODEL, "gpt-4o-mini");

  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @ParameterizedTest
  @CsvSource({
    "AGENT_RUN, gen_ai.invoke_agent, invoke_agent x, invoke_agent",
    "MODEL_GENERATION, gen_ai.chat, span 1, chat",
    "TOOL_CALL, gen_ai.execute_tool, execute_tool x, execute_tool",
    "MCP_TOOL_CALL, gen_ai.execute_tool, execute_tool x, execute_tool",
    "WORKFLOW_RUN, workflow.run, invoke_workflow x, invoke_workflow",
    "WORKFLOW_STEP, workflow.step, workflow_step x, workflow_step",
    "WORKFLOW_CONDITIONAL, workflow.conditional, workflow_conditional x, workflow_conditional",
    "WORKFLOW_PARALLEL, workflow.parallel, workflow_parallel x, workflow_parallel",
    "WORKFLOW_LOOP, workflow.loop, workflow_loop x, workflow_loop",
    "PROCESSOR_RUN, ai.processor, processor_run x, processor_run",
    "GENERIC, ai.span, span 1, generic"
  })
  void type_mapped(SpanType type, String op, String name, String operation) {
    send(Given.root(1, type).entity("x").ended());

    ReceivedSpan span = receiver.spans().get(0);
    assertThat(span.op()).isEqualTo(op);
    assertThat(span.name()).isEqualTo(name);
    assertThat(span.text("sentry.op")).isEqualTo(op);
    assertThat(span.text("sentry.origin")).isEqualTo("auto.ai.mastra");
    assertThat(span.text("ai.span.type")).isEqualTo(type.name().toLowerCase(Locale.ROOT));
    assertThat(span.text("gen_ai.operation.name")).isEqualTo(operation);
    assertThat(span.status()).isEqualTo("ok");
  }

  @Test
  void origin_thatTheApplicationSays() {
    send(Given.root(1, GENERIC).set("sentry.origin", "manual.ai.custom-llm").ended());

    assertThat(receiver.payloads("transaction"))
        .extracting(transaction -> transaction.at("/contexts/trace/origin").asString())
        .containsExactly("manual.ai.custom-llm");
  }

  /** A failed payment (402) and what was not found (404) are what one wants to see. */
  @ParameterizedTest
  @ValueSource(ints = {402, 404})
  void freeForm_keepsItsNameAndOp(int httpStatus) {
    send(
        Given.root(1, GENERIC)
            .named("Checkout")
            .op("ui.action")
            .set("cart.item_count", 3)
            .set("http.response.status_code", httpStatus)
            .ended());

    ReceivedSpan span = receiver.span("Checkout");
    assertThat(span.op()).isEqualTo("ui.action");
    assertThat(span.attribute("gen_ai.operation.name")).isNull();
    assertAttributes(span, "cart.item_count=3", "http.response.status_code=" + httpStatus);
  }

  @Test
  void generation_everyName() {
    generation
        .set(GenAi.PROVIDER_NAME, "openai")
        .set(GenAi.REQUEST_STREAM, true)
        .set(GenAi.REQUEST_TEMPERATURE, 0.7)
        .set(GenAi.USAGE_INPUT_TOKENS, 12)
        .set(GenAi.USAGE_OUTPUT_TOKENS, 5)
        .set(GenAi.RESPONSE_FINISH_REASONS, List.of("stop"))
        .set(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK, 0.25)
        .io(List.of(new TreeMap<>(Map.of("role", "user", "content", "Hi"))), "Hello");

    send(agent.started(), generation.ended(), agent.ended());

    assertAttributes(
        receiver.span("chat gpt-4o-mini"),
        "gen_ai.system=openai",
        "gen_ai.provider.name=openai",
        "gen_ai.request.model=gpt-4o-mini",
        "gen_ai.request.messages=[{'content':'Hi','role':'user'}]",
        "gen_ai.input.messages=[{'role':'user','parts':[{'type':'text','content':'Hi'}]}]",
        "gen_ai.output.messages=[{'role':'assistant','parts':[{'type':'text','content':'Hello'}]}]",
        "gen_ai.response.text=Hello",
        "gen_ai.response.finish_reasons=['stop']",
        "gen_ai.request.stream=true",
        "gen_ai.response.streaming=true",
        "gen_ai.request.temperature=0.7",
        "gen_ai.usage.input_tokens=12",
        "gen_ai.usage.output_tokens=5",
        "gen_ai.usage.total_tokens=17",
        "gen_ai.completion_start_time=2026-11-20T08:47:07.250Z",
        "gen_ai.response.time_to_first_chunk=0.25",
        "output=Hello");
  }

  @Test
  void tool_everyName() {
    Given tool =
        agent
            .child(3, MCP_TOOL_CALL)
            .entity("weather")
            .set(GenAi.TOOL_CALL_ID, "call_1")
            .io(Map.of("city", "Lisbon"), 21)
            .meta("attempt", 2)
            .meta("nested", Map.of("a", List.of(1)));

    send(agent.started(), tool.ended(), agent.ended());

    assertAttributes(
        receiver.span("execute_tool weather"),
        "gen_ai.tool.name=weather",
        "gen_ai.tool.type=function",
        "gen_ai.tool.call.id=call_1",
        "gen_ai.tool.input={'city':'Lisbon'}",
        "gen_ai.tool.call.arguments={'city':'Lisbon'}",
        "gen_ai.tool.output=21",
        "gen_ai.tool.call.result=21",
        "tool.success=true",
        "metadata.attempt=2",
        "metadata.nested={'a':[1]}");
  }

  @Test
  void agent_everyName() {
    agent
        .set(GenAi.SYSTEM_INSTRUCTIONS, "Be kind.")
        .set("user.id", "u-1")
        .meta("threadId", "t-9")
        .tags("plan:gold", "nightly");
    generation
        .set(GenAi.RESPONSE_MODEL, "gpt-4o-mini-2024")
        .set(GenAi.USAGE_INPUT_TOKENS, 10)
        .set(GenAi.USAGE_OUTPUT_TOKENS, 1)
        .io("q", Map.of("text", "first"));
    Given second =
        agent
            .child(3, MODEL_GENERATION)
            .set(GenAi.REQUEST_MODEL, "gpt-5")
            .set(GenAi.USAGE_INPUT_TOKENS, 20)
            .set(GenAi.USAGE_OUTPUT_TOKENS, 2)
            .io("q", Map.of("text", "last"));

    send(agent.started(), generation.ended(), second.ended(), agent.ended());

    assertAttributes(
        receiver.span("invoke_agent desk"),
        "gen_ai.agent.name=desk",
        "gen_ai.pipeline.name=desk",
        "gen_ai.agent.instructions=Be kind.",
        "gen_ai.system_instructions=Be kind.",
        "gen_ai.conversation.id=t-9",
        "gen_ai.usage.input_tokens=30",
        "gen_ai.usage.output_tokens=3",
        "gen_ai.usage.total_tokens=33",
        "gen_ai.response.model=gpt-5",
        "gen_ai.response.text=last",
        "tags=plan:gold,nightly");
    JsonNode transaction = receiver.payloads("transaction").findFirst().orElseThrow();
    assertThat(transaction.path("tags").toString())
        .isEqualTo("{\"plan\":\"gold\",\"nightly\":\"true\"}");
    assertThat(transaction.path("user").path("id").asString()).isEqualTo("u-1");
  }

  @Test
  void agent_subAgentsNotIncluded() {
    Given tool = agent.child(3, TOOL_CALL).entity("ask");
    Given inner = tool.child(4, AGENT_RUN).entity("expert");
    Given innerChat = inner.child(5, MODEL_GENERATION).set(GenAi.USAGE_INPUT_TOKENS, 100);
    generation.set(GenAi.USAGE_INPUT_TOKENS, 7);

    send(
        agent.started(),
        generation.ended(),
        tool.started(),
        inner.started(),
        innerChat.ended(),
        inner.ended(),
        tool.ended(),
        agent.ended());

    assertAttributes(receiver.span("invoke_agent desk"), "gen_ai.usage.input_tokens=7");
    assertAttributes(receiver.span("invoke_agent expert"), "gen_ai.usage.input_tokens=100");
  }

  @Test
  void agent_aggregationOff() {
    generation.set(GenAi.USAGE_INPUT_TOKENS, 7).io("q", "answer");

    send(
        builder -> builder.aggregateUsage(false),
        agent.started(),
        generation.ended(),
        agent.ended());

    ReceivedSpan span = receiver.span("invoke_agent desk");
    assertThat(span.attribute("gen_ai.usage.input_tokens")).isNull();
    assertThat(span.text("gen_ai.response.text")).isEqualTo("answer");
  }

  @Test
  void generation_takesFromItsSteps() {
    Given first = step(3, 10, 2).io(null, Map.of("text", ""));
    Given chunk = first.child(5, MODEL_CHUNK).at(2.5, 2.6);
    Given second =
        step(4, 20, 3)
            .set(GenAi.RESPONSE_FINISH_REASONS, List.of("stop"))
            .io(null, Map.of("text", "done"));

    send(
        agent.started(),
        generation.started(),
        first.started(),
        chunk.started(),
        chunk.ended(),
        first.ended(),
        second.started(),
        second.ended(),
        generation.ended(),
        agent.ended());

    assertAttributes(
        receiver.span("chat gpt-4o-mini"),
        "gen_ai.usage.input_tokens=30",
        "gen_ai.usage.output_tokens=5",
        "gen_ai.usage.total_tokens=35",
        "gen_ai.response.finish_reasons=['stop']",
        "gen_ai.response.text=done",
        "gen_ai.response.time_to_first_chunk=0.5");
    assertAttributes(receiver.span("invoke_agent desk"), "gen_ai.usage.total_tokens=35");
  }

  @Test
  void generation_collectsToolCalls() {
    Given tool = generation.child(3, TOOL_CALL).entity("weather").set(GenAi.TOOL_CALL_ID, "call_1");

    send(agent.started(), generation.started(), tool.ended(), generation.ended(), agent.ended());

    assertAttributes(
        receiver.span("chat gpt-4o-mini"),
        "gen_ai.response.tool_calls=[{'name':'weather','id':'call_1','type':'function'}]");
  }

  @Test
  void names_seedOnly() {
    generation.set(GenAi.PROVIDER_NAME, "openai").io("Hi", "Hello");

    send(builder -> builder.names(AttributeNames.SEED), generation.ended());

    ReceivedSpan span = receiver.span("chat gpt-4o-mini");
    assertThat(span.attributes())
        .containsKeys("gen_ai.system", "gen_ai.request.messages", "gen_ai.response.text")
        .doesNotContainKeys(
            "gen_ai.provider.name", "gen_ai.input.messages", "gen_ai.output.messages");
  }

  @Test
  void names_currentOnly() {
    generation.set("gen_ai.system", "openai").io("Hi", "Hello");

    send(builder -> builder.names(AttributeNames.CURRENT), generation.ended());

    ReceivedSpan span = receiver.span("chat gpt-4o-mini");
    assertThat(span.attributes())
        .containsKeys("gen_ai.provider.name", "gen_ai.input.messages", "gen_ai.output.messages")
        .doesNotContainKeys("gen_ai.system", "gen_ai.request.messages", "gen_ai.response.text");
  }

  @Test
  void value_strange() {
    generation
        .set("nan", Double.NaN)
        .set("list", List.of("a", 1, true))
        .set("broken", "half \ud83d pair")
        .io(Double.NaN, false);

    send(generation.ended());

    assertAttributes(
        receiver.span("chat gpt-4o-mini"),
        "nan=NaN",
        "list=['a',1,true]",
        "broken=half \ufffd pair",
        "input=NaN",
        "output=false");
  }

  @Test
  void value_hostile() {
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", cyclic);
    Object throwing =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };

    send(generation.io(cyclic, throwing).meta("m", throwing).ended());

    assertAttributes(
        receiver.span("chat gpt-4o-mini"),
        "input={'self':'…[cycle]'}",
        "output='…[unreadable: java.lang.IllegalStateException]'",
        "metadata.m='…[unreadable: java.lang.IllegalStateException]'");
  }

  @Test
  @SuppressWarnings("NullAway") // What a careless caller may do.
  void event_null_countedNotThrown() {
    SentryExporter exporter = SentryExporter.builder().dsn(receiver.dsn()).build();

    exporter.exportTracingEvent(null);
    exporter.exportLog(null);
    exporter.exportError(null);

    assertThat(exporter.metrics().dropped(Drop.INVALID)).isEqualTo(3);
    exporter.shutdown(Duration.ofSeconds(10));
  }

  @Test
  void value_tenMegabytes() {
    String huge = "한".repeat(10_000_000);

    send(generation.io(huge, List.of(huge, huge)).set("own", huge).ended());

    ReceivedSpan span = receiver.span("chat gpt-4o-mini");
    assertThat(span.text("input")).matches("한+…\\[truncated \\d+ chars]");
    assertThat(span.text("own")).endsWith(" chars]");
    assertThat(receiver.requests().get(0).body()).hasSizeLessThan(1 << 20);
  }

  private Given step(int number, int input, int output) {
    return generation
        .child(number, MODEL_STEP)
        .set(GenAi.USAGE_INPUT_TOKENS, input)
        .set(GenAi.USAGE_OUTPUT_TOKENS, output);
  }

  private static void assertAttributes(ReceivedSpan span, String... expected) {
    for (String pair : expected) {
      String name = pair.substring(0, pair.indexOf('='));
      JsonNode value = span.attribute(name);
      String text = value == null ? "absent" : value.isString() ? value.asString() : value + "";
      assertThat(name + "=" + text.replace('"', '\'')).isEqualTo(pair);
    }
  }

  private void send(TracingEvent... events) {
    send(builder -> builder, events);
  }

  private void send(UnaryOperator<SentryExporter.Builder> settings, TracingEvent... events) {
    SentryExporter exporter = settings.apply(SentryExporter.builder().dsn(receiver.dsn())).build();
    for (TracingEvent event : events) {
      exporter.exportTracingEvent(event);
    }
    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    assertThat(exporter.metrics().dropped()).isZero();
  }
}
