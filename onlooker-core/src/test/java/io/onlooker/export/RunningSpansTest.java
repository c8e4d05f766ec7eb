package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.TOOL_CALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Spans that still run, for a receiver that takes them and for others. */
@Timeout(30)
class RunningSpansTest {

  private final Given agent = Given.root(1, AGENT_RUN).entity("desk").at(0, 9);
  private final Given tool = agent.child(2, TOOL_CALL).entity("check_order").at(1, 2);

  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void span_running() throws InterruptedException {
    receiver.config("{\"started_spans\":true}");
    SentryExporter exporter = exporter(true);

    exporter.exportTracingEvent(agent.started());

    JsonNode running = nextSpan();
    assertThat(running.path("span_id").asString()).isEqualTo(agent.id());
    assertThat(running.has("end_timestamp")).isFalse();
    exporter.exportTracingEvent(tool.started());
    exporter.exportTracingEvent(tool.ended());
    exporter.exportTracingEvent(agent.ended());
    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    assertThat(receiver.payloads("transaction")).isEmpty();
    assertThat(receiver.span("execute_tool check_order").kind()).isEqualTo("streamed");
    assertThat(exporter.metrics().sent()).isEqualTo(2);
  }

  @Test
  void span_updated() throws InterruptedException {
    receiver.config("{\"started_spans\":true}");
    SentryExporter exporter = exporter(true);
    exporter.exportTracingEvent(agent.started());
    assertThat(nextSpan().path("attributes").has("order.id")).isFalse();

    exporter.exportTracingEvent(agent.set("order.id", "ORD-6").updated());

    assertThat(nextSpan().path("attributes").has("order.id")).isTrue();
    exporter.shutdown(Duration.ofSeconds(10));
  }

  @Test
  void receiver_thatTakesEndedOnly() {
    SentryExporter exporter = exporter(true);

    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(tool.started());
    exporter.exportTracingEvent(tool.ended());
    exporter.exportTracingEvent(agent.ended());

    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    assertThat(receiver.payloads("span")).isEmpty();
    assertThat(receiver.payloads("transaction")).hasSize(1);
  }

  @Test
  void receiver_notAsked() {
    receiver.config("{\"started_spans\":true}");
    SentryExporter exporter = exporter(false);

    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(agent.ended());

    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    assertThat(receiver.configsAsked()).isZero();
    assertThat(receiver.payloads("transaction")).hasSize(1);
  }

  private SentryExporter exporter(boolean asks) {
    return SentryExporter.builder().dsn(receiver.dsn()).runningSpans(asks).build();
  }

  private JsonNode nextSpan() throws InterruptedException {
    return receiver.nextEnvelope().items().get(0).payload().path("items").path(0);
  }
}
