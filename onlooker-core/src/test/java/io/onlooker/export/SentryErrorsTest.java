package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.GENERIC;
import static io.onlooker.SpanType.TOOL_CALL;
import static io.onlooker.SpanType.WORKFLOW_RUN;
import static io.onlooker.SpanType.WORKFLOW_STEP;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorInfo;
import io.onlooker.LogData;
import io.onlooker.LogData.Level;
import io.onlooker.SpanEvent;
import io.onlooker.TracingEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Failures, captured errors, logs and breadcrumbs. */
@Timeout(30)
class SentryErrorsTest {

  private static final long NOW = 1_795_164_430_000_000_000L;

  private final Given run = Given.root(1, WORKFLOW_RUN).entity("order").at(0, 9);
  private final Given step = run.child(2, WORKFLOW_STEP).entity("pay");

  private Receiver receiver;
  private SentryExporter exporter;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    exporter =
        SentryExporter.builder().dsn(receiver.dsn()).release("shop@2").environment("qa").build();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void failure_realException() {
    step.fails("com.shop.CardDeclined", "no funds");

    send(run.started(), step.started(), step.ended(), run.ended());

    JsonNode event = receiver.payloads("event").findFirst().orElseThrow();
    JsonNode exception = event.path("exception").path("values").path(0);
    assertThat(exception.path("type").asString()).isEqualTo("CardDeclined");
    assertThat(exception.path("module").asString()).isEqualTo("com.shop");
    assertThat(exception.path("value").asString()).isEqualTo("no funds");
    JsonNode frame = exception.path("stacktrace").path("frames").path(0);
    assertThat(frame.path("module").asString()).isEqualTo("com.shop.Till");
    assertThat(frame.path("lineno").asInt()).isEqualTo(42);
    assertThat(frame.path("in_app").asBoolean()).isTrue();
    JsonNode trace = event.path("contexts").path("trace");
    assertThat(trace.path("trace_id").asString()).isEqualTo(Given.TRACE);
    assertThat(trace.path("span_id").asString()).isEqualTo(step.id());
    assertThat(event.path("release").asString()).isEqualTo("shop@2");
    assertThat(event.path("environment").asString()).isEqualTo("qa");
    ReceivedSpan span = receiver.span("workflow_step pay");
    assertThat(span.status()).isEqualTo("internal_error");
    assertThat(span.text("error.type")).isEqualTo("com.shop.CardDeclined");
    assertThat(span.text("error.message")).isEqualTo("no funds");
  }

  @Test
  void failure_causesInnermostFirst() {
    step.fails(
        new ErrorInfo(
            "Outer",
            "out",
            "E42",
            "TOOL",
            "USER",
            List.of(
                new ExceptionData("Outer", "out", true, List.of()),
                new ExceptionData("Inner", "in", null, List.of()))));

    send(run.started(), step.ended(), run.ended());

    JsonNode values =
        receiver.payloads("event").findFirst().orElseThrow().path("exception").path("values");
    assertThat(values.path(0).path("type").asString()).isEqualTo("Inner");
    assertThat(values.path(0).path("mechanism").path("parent_id").asInt(-1)).isZero();
    assertThat(values.path(1).path("type").asString()).isEqualTo("Outer");
    assertThat(receiver.span("workflow_step pay").text("error.category")).isEqualTo("USER");
  }

  @Test
  void failure_onItsWayUp_toldOnce() {
    step.fails("Boom", "x");
    run.fails(step.error());

    send(run.started(), step.started(), step.ended(), run.ended());

    List<JsonNode> events = receiver.payloads("event").toList();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).path("contexts").path("trace").path("span_id").asString())
        .isEqualTo(step.id());
    assertThat(receiver.spans()).allMatch(span -> span.status().equals("internal_error"));
  }

  @Test
  void failure_sameTwiceSideBySide_toldTwice() {
    step.fails("Boom", "x");
    Given again = run.child(3, WORKFLOW_STEP).entity("pay").fails(step.error());

    send(run.started(), step.ended(), again.ended(), run.ended());

    assertThat(receiver.payloads("event")).hasSize(2);
  }

  @Test
  void failure_knownStatusWord_kept() {
    step.fails(new ErrorInfo("Slow", "deadline_exceeded", null, null, null, List.of()));

    send(run.started(), step.ended(), run.ended());

    assertThat(receiver.span("workflow_step pay").status()).isEqualTo("deadline_exceeded");
  }

  @Test
  void captured_withUserAndBreadcrumbs() {
    Given moment = step.child(4, GENERIC).named("cache miss").moment();
    ErrorData error =
        captured(
            null,
            "lost",
            Attributes.builder().put("user.id", "u-1").put("user.email", "u@example.com").build());
    exporter.exportTracingEvent(run.started());
    exporter.exportTracingEvent(step.started());
    exporter.exportTracingEvent(moment.ended());
    exporter.exportError(error);
    send(step.ended(), run.ended());

    JsonNode event = receiver.payloads("event").findFirst().orElseThrow();
    assertThat(event.path("message").path("formatted").asString()).isEqualTo("lost");
    assertThat(event.path("level").asString()).isEqualTo("warning");
    assertThat(event.path("user").path("email").asString()).isEqualTo("u@example.com");
    assertThat(event.path("transaction").asString()).isEqualTo("invoke_workflow order");
    assertThat(event.path("breadcrumbs").valueStream().map(c -> c.path("message").asString()))
        .containsExactly("cache miss", "own");
    assertThat(event.path("breadcrumbs").path(1).toString())
        .isEqualTo(
            "{\"timestamp\":1795164430,\"message\":\"own\",\"category\":\"cart\","
                + "\"level\":\"info\",\"data\":{\"n\":2}}");
  }

  @Test
  void captured_sameAsTheSpansFailure_toldOnce() {
    step.fails("Boom", "x");
    ErrorInfo failure = requireNonNull(step.error());
    exporter.exportTracingEvent(run.started());
    exporter.exportTracingEvent(step.started());

    exporter.exportError(captured(failure, null, Attributes.EMPTY));
    exporter.exportTracingEvent(step.ended());
    exporter.exportError(captured(failure, null, Attributes.EMPTY));
    send(run.ended());

    assertThat(receiver.payloads("event")).hasSize(1);
  }

  @Test
  void captured_outsideAnySpan() {
    exporter.exportError(
        new ErrorData(
            "a".repeat(32), NOW, null, null, Level.ERROR, "hi", List.of(), Attributes.EMPTY));
    send();

    Received envelope = receiver.envelopes().get(0);
    assertThat(envelope.header().path("event_id").asString()).isEqualTo("a".repeat(32));
    assertThat(envelope.items().get(0).payload().has("contexts")).isFalse();
  }

  @Test
  void moments_becomeBreadcrumbs() {
    Given moment =
        step.child(4, GENERIC)
            .named("cache miss")
            .moment()
            .set("a", 4)
            .meta("m", 3)
            .io(Map.of("k", 1), null);
    Given failed = step.child(5, TOOL_CALL).named("bad").moment().fails("X", "x");

    send(run.started(), step.started(), moment.ended(), failed.ended(), step.ended(), run.ended());

    JsonNode crumbs =
        receiver.payloads("transaction").findFirst().orElseThrow().path("breadcrumbs");
    assertThat(crumbs.path(0).toString())
        .isEqualTo(
            "{\"timestamp\":1795164429,\"type\":\"default\",\"category\":\"generic\","
                + "\"message\":\"cache miss\",\"level\":\"info\",\"data\":{\"spanId\":\""
                + moment.id()
                + "\",\"traceId\":\""
                + Given.TRACE
                + "\",\"input\":\"{\\\"k\\\":1}\",\"metadata\":{\"m\":3},"
                + "\"attributes\":{\"a\":4}}}");
    assertThat(crumbs.path(1).path("level").asString()).isEqualTo("error");
    assertThat(crumbs.path(1).path("category").asString()).isEqualTo("tool_call");
    assertThat(receiver.spans()).hasSize(2);
  }

  @Test
  void moment_withoutASpanAbove_isASpan() {
    send(Given.root(4, GENERIC).named("tick").moment().ended());

    ReceivedSpan span = receiver.span("tick");
    assertThat(span.end()).isEqualTo(span.start());
  }

  @Test
  void moments_moreThanBreadcrumbsHold_areSpans() {
    Given agent = Given.root(1, AGENT_RUN).entity("desk").at(0, 9);
    exporter.exportTracingEvent(agent.started());
    for (int i = 100; i < 250; i++) {
      exporter.exportTracingEvent(agent.child(i, GENERIC).moment().ended());
    }
    send(agent.ended());

    JsonNode transaction = receiver.payloads("transaction").findFirst().orElseThrow();
    assertThat(transaction.path("breadcrumbs").size()).isEqualTo(100);
    assertThat(transaction.path("spans").size()).isEqualTo(50);
  }

  @Test
  void logs_oneContainer() {
    exporter.exportLog(
        new LogData(
            NOW,
            Given.TRACE,
            step.id(),
            Level.WARN,
            "low",
            Attributes.builder().put("sentry.message.template", "low").put("n", 2).build()));
    exporter.exportLog(new LogData(NOW, null, null, Level.FATAL, "out", Attributes.EMPTY));
    send();

    Received.Item item = receiver.envelopes().get(0).items().get(0);
    assertThat(item.type()).isEqualTo("log");
    assertThat(item.header().path("item_count").asInt()).isEqualTo(2);
    assertThat(item.header().path("content_type").asString())
        .isEqualTo("application/vnd.sentry.items.log+json");
    JsonNode first = item.payload().path("items").path(0);
    assertThat(item.payload().path("version").asInt()).isEqualTo(2);
    assertThat(first.path("level").asString()).isEqualTo("warn");
    assertThat(first.path("severity_number").asInt()).isEqualTo(13);
    assertThat(first.path("span_id").asString()).isEqualTo(step.id());
    assertThat(first.path("attributes").path("n").toString())
        .isEqualTo("{\"value\":2,\"type\":\"integer\"}");
    assertThat(item.payload().path("items").path(1).path("trace_id").asString()).hasSize(32);
    assertThat(exporter.metrics().sent()).isEqualTo(2);
  }

  private static SpanEvent crumb() {
    Attributes attributes =
        Attributes.builder().put("category", "cart").put("level", "info").put("n", 2).build();
    return new SpanEvent(NOW, "own", attributes);
  }

  private ErrorData captured(
      @Nullable ErrorInfo error, @Nullable String message, Attributes attributes) {
    return new ErrorData(
        Envelope.newId(),
        NOW,
        Given.TRACE,
        step.id(),
        Level.WARN,
        message,
        error == null ? List.of() : error.exceptions(),
        attributes,
        List.of(crumb()));
  }

  private void send(TracingEvent... events) {
    for (TracingEvent event : events) {
      exporter.exportTracingEvent(event);
    }
    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    assertThat(exporter.metrics().dropped()).isZero();
  }
}
