package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.GENERIC;
import static io.onlooker.SpanType.MODEL_CHUNK;
import static io.onlooker.SpanType.MODEL_GENERATION;
import static io.onlooker.SpanType.MODEL_STEP;
import static io.onlooker.SpanType.TOOL_CALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.TracingEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What becomes of spans whose news comes in every order there is. */
@Timeout(30)
class SentryOrderTest {

  private final Given agent = Given.root(1, AGENT_RUN).entity("desk").at(0, 9);
  private final Given generation =
      agent.child(2, MODEL_GENERATION).set("gen_ai.request.model", "m");
  private final Given step = generation.child(3, MODEL_STEP);
  private final Given tool = step.child(4, TOOL_CALL).entity("weather");

  private Receiver receiver;
  private SentryExporter exporter;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    exporter = SentryExporter.builder().dsn(receiver.dsn()).build();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void tool_belowStepAndChunk_landsUnderGeneration() {
    Given chunk = step.child(5, MODEL_CHUNK);
    Given below = chunk.child(6, TOOL_CALL).entity("units");

    send(
        agent.started(),
        generation.started(),
        step.started(),
        chunk.started(),
        tool.started(),
        below.started(),
        below.ended(),
        tool.ended(),
        chunk.ended(),
        step.ended(),
        generation.ended(),
        agent.ended());

    assertThat(receiver.spans()).extracting(ReceivedSpan::name).hasSize(4);
    assertThat(receiver.span("execute_tool weather").parent()).isEqualTo(generation.id());
    assertThat(receiver.span("execute_tool units").parent()).isEqualTo(generation.id());
    assertThat(receiver.payloads("transaction")).hasSize(1);
  }

  @Test
  void tool_startedAfterItsStepEnded() {
    send(
        agent.started(),
        generation.started(),
        step.started(),
        step.ended(),
        tool.started(),
        tool.ended(),
        generation.ended(),
        agent.ended());

    ReceivedSpan late = receiver.span("execute_tool weather");
    assertThat(late.parent()).isEqualTo(generation.id());
    assertThat(late.kind()).isEqualTo("child");
    assertThat(receiver.span("chat m").text("gen_ai.response.tool_calls")).contains("weather");
  }

  @Test
  void tool_startedAfterItsGenerationEnded() {
    send(
        agent.started(),
        generation.started(),
        step.started(),
        step.ended(),
        generation.ended(),
        tool.started(),
        tool.ended(),
        agent.ended());

    assertThat(receiver.span("execute_tool weather").parent()).isEqualTo(generation.id());
    assertThat(receiver.payloads("transaction")).hasSize(1);
  }

  @Test
  void end_withoutStart() {
    send(agent.started(), tool.ended(), agent.ended());

    ReceivedSpan span = receiver.span("execute_tool weather");
    assertThat(span.parent()).isEqualTo(step.id());
    assertThat(span.end() - span.start()).isEqualTo(0.5);
  }

  @Test
  void root_endWithoutStart() {
    send(agent.ended());

    assertThat(receiver.span("invoke_agent desk").kind()).isEqualTo("transaction");
  }

  @Test
  void update_withoutStart() {
    send(agent.started(), generation.updated(), generation.ended(), agent.ended());

    assertThat(receiver.span("chat m").parent()).isEqualTo(agent.id());
    assertThat(receiver.spans()).hasSize(2);
  }

  @Test
  void start_twice() {
    send(agent.started(), generation.started(), agent.started(), generation.ended(), agent.ended());

    assertThat(receiver.spans()).hasSize(2);
    assertThat(receiver.payloads("transaction")).hasSize(1);
  }

  @Test
  void end_twice() {
    send(agent.started(), agent.ended(), agent.ended(), agent.started());

    assertThat(receiver.spans()).hasSize(1);
  }

  @Test
  void child_endsAfterItsRoot() {
    Given grandchild = generation.child(7, GENERIC).named("parse");

    send(
        agent.started(),
        generation.started(),
        grandchild.started(),
        agent.ended(),
        grandchild.ended(),
        generation.ended());

    List<JsonNode> transactions = receiver.payloads("transaction").toList();
    assertThat(transactions).hasSize(2);
    ReceivedSpan late = receiver.span("chat m");
    assertThat(late.kind()).isEqualTo("transaction");
    assertThat(late.parent()).isEqualTo(agent.id());
    assertThat(late.traceId()).isEqualTo(Given.TRACE);
    assertThat(receiver.span("parse").kind()).isEqualTo("child");
    assertThat(receiver.span("parse").parent()).isEqualTo(generation.id());
  }

  @Test
  void grandchild_endsLastOfAll() {
    Given grandchild = generation.child(7, GENERIC).named("parse");

    send(
        agent.started(),
        generation.started(),
        grandchild.started(),
        agent.ended(),
        generation.ended(),
        grandchild.ended());

    assertThat(receiver.payloads("transaction")).hasSize(3);
    assertThat(receiver.span("parse").parent()).isEqualTo(generation.id());
  }

  @Test
  void parent_unknown() {
    Given orphan = Given.root(8, GENERIC).named("lonely").orphan();

    send(orphan.started(), orphan.ended());

    ReceivedSpan span = receiver.span("lonely");
    assertThat(span.kind()).isEqualTo("transaction");
    assertThat(span.parent()).isEqualTo("ffffffffffffffff");
    assertThat(span.traceId()).isEqualTo(Given.TRACE);
  }

  @Test
  void parent_startsAfterItsChild() {
    send(
        agent.started(),
        tool.started(),
        generation.started(),
        step.started(),
        tool.ended(),
        step.ended(),
        generation.ended(),
        agent.ended());

    assertThat(receiver.spans()).hasSize(3);
    assertThat(receiver.span("execute_tool weather").traceId()).isEqualTo(Given.TRACE);
  }

  @Test
  void shutdown_withOpenSpans() {
    send(agent.started(), generation.started(), step.started(), tool.started());

    assertThat(receiver.spans()).hasSize(3);
    assertThat(receiver.payloads("transaction")).hasSize(1);
    assertThat(receiver.spans())
        .allSatisfy(span -> {
          assertThat(span.status()).isEqualTo("cancelled");
          assertThat(span.attribute("onlooker.unfinished")).isNotNull();
          assertThat(span.end()).isGreaterThan(span.start());
        });
  }

  @Test
  void span_forgotten_leavesItsPlaceOnly() {
    agent.named("secret").set("secret", "x");
    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(generation.started());
    exporter.exportTracingEvent(tool.ended());
    exporter.forgetSpan(Given.TRACE, generation.id());
    exporter.forgetSpan(Given.TRACE, "0".repeat(16));
    exporter.exportTracingEvent(step.ended());
    exporter.forgetSpan(Given.TRACE, agent.id());
    send();

    assertThat(receiver.requests())
        .allMatch(request -> !new String(request.body(), UTF_8).contains("secret"));
    assertThat(receiver.spans())
        .extracting(ReceivedSpan::name)
        .containsExactlyInAnyOrder("dropped", "execute_tool weather", "span 3");
  }

  @Test
  void step_outsideAGeneration_isSentItself() {
    Given lost = agent.child(9, MODEL_STEP).named("step: 0");

    send(agent.started(), lost.started(), lost.ended(), agent.ended());

    assertThat(receiver.span("step: 0").op()).isEqualTo("ai.span");
  }

  @Test
  void trace_fromElsewhere() {
    Given continued = Given.root(10, GENERIC).named("consume").orphan();
    Given inner = continued.child(11, GENERIC).named("inner");

    send(continued.started(), inner.started(), inner.ended(), continued.ended());

    assertThat(receiver.span("consume").parent()).isEqualTo("ffffffffffffffff");
    assertThat(receiver.span("inner").kind()).isEqualTo("child");
  }

  @Test
  void step_failsAfterItsGenerationEnded() {
    step.fails("Boom", "x");

    send(
        agent.started(),
        generation.started(),
        step.started(),
        generation.ended(),
        step.ended(),
        agent.ended());

    assertThat(receiver.spans()).hasSize(2);
    JsonNode trace =
        receiver.payloads("event").findFirst().orElseThrow().path("contexts").path("trace");
    assertThat(trace.path("parent_span_id").asString()).isEqualTo(generation.id());
  }

  @Test
  void step_fails_eventPointsAtItsGeneration() {
    step.fails("Boom", "x");

    send(
        agent.started(),
        generation.started(),
        step.started(),
        step.ended(),
        generation.ended(),
        agent.ended());

    JsonNode trace =
        receiver.payloads("event").findFirst().orElseThrow().path("contexts").path("trace");
    assertThat(trace.path("span_id").asString()).isEqualTo(generation.id());
  }

  @Test
  void openSpans_tooMany_eldestIsSent() {
    for (int i = 1; i <= 50_001; i++) {
      exporter.exportTracingEvent(Given.root(i, GENERIC).named("span " + i).started());
    }
    exporter.flush(Duration.ofSeconds(10));

    assertThat(receiver.span("span 1").attribute("onlooker.unfinished")).isNotNull();
    assertThat(exporter.metrics().dropped()).isZero();
  }

  @Test
  void spans_moreThanATransactionHolds() {
    exporter.exportTracingEvent(agent.started());
    for (int i = 100; i < 1600; i++) {
      Given child = agent.child(i, GENERIC).named("child " + i);
      exporter.exportTracingEvent(child.started());
      exporter.exportTracingEvent(child.ended());
    }
    send(agent.ended());

    List<ReceivedSpan> spans = receiver.spans();
    assertThat(spans).extracting(ReceivedSpan::id).doesNotHaveDuplicates().hasSize(1501);
    assertThat(spans).filteredOn(span -> span.kind().equals("child")).hasSize(1000);
    assertThat(spans)
        .filteredOn(span -> span.kind().equals("streamed"))
        .hasSize(500)
        .allSatisfy(span -> {
          assertThat(span.parent()).isEqualTo(agent.id());
          assertThat(span.text("sentry.segment.id")).isEqualTo(agent.id());
          assertThat(span.text("sentry.segment.name")).isEqualTo("invoke_agent desk");
        });
    assertThat(exporter.metrics().sent()).isEqualTo(1501);
  }

  private void send(TracingEvent... events) {
    for (TracingEvent event : events) {
      exporter.exportTracingEvent(event);
    }
    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    assertThat(exporter.metrics().dropped()).isZero();
  }
}
