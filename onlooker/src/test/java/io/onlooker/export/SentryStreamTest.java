package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.GENERIC;
import static io.onlooker.SpanType.MODEL_GENERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.ErrorInfo;
import io.onlooker.TracingEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Spans as v2 items. */
@Timeout(30)
class SentryStreamTest {

  private final Given agent = Given.root(1, AGENT_RUN).entity("desk").at(0, 9);
  private final Given generation =
      agent.child(2, MODEL_GENERATION).set("gen_ai.request.model", "m");

  private Receiver receiver;
  private SentryExporter exporter;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    exporter =
        SentryExporter.builder()
            .dsn(receiver.dsn())
            .environment("qa")
            .release("shop@2")
            .spans(SentrySpans.STREAM)
            .build();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void spans_inOneContainer() {
    Given moment = generation.child(3, GENERIC).named("cache miss").moment();
    generation.set("n", 1).set("f", 0.5).set("b", true).set("list", List.of("a"));

    send(agent.started(), generation.started(), moment.ended(), generation.ended(), agent.ended());

    Received.Item item = receiver.envelopes().get(0).items().get(0);
    assertThat(item.header().path("item_count").asInt()).isEqualTo(2);
    assertThat(item.header().path("content_type").asString())
        .isEqualTo("application/vnd.sentry.items.span.v2+json");
    assertThat(item.payload().path("version").asInt()).isEqualTo(2);
    JsonNode chat = item.payload().path("items").path(0);
    assertThat(chat.path("is_segment").asBoolean()).isFalse();
    assertThat(chat.path("parent_span_id").asString()).isEqualTo(agent.id());
    assertThat(attribute(chat, "n")).isEqualTo("{\"value\":1,\"type\":\"integer\"}");
    assertThat(attribute(chat, "f")).isEqualTo("{\"value\":0.5,\"type\":\"double\"}");
    assertThat(attribute(chat, "b")).isEqualTo("{\"value\":true,\"type\":\"boolean\"}");
    assertThat(attribute(chat, "list")).isEqualTo("{\"value\":[\"a\"],\"type\":\"array\"}");
    ReceivedSpan span = receiver.span("chat m");
    assertThat(span.text("sentry.segment.id")).isEqualTo(agent.id());
    assertThat(span.text("sentry.segment.name")).isEqualTo("invoke_agent desk");
    assertThat(span.text("sentry.environment")).isEqualTo("qa");
    assertThat(span.text("sentry.release")).isEqualTo("shop@2");
    ReceivedSpan root = receiver.span("invoke_agent desk");
    assertThat(root.kind()).isEqualTo("segment");
    assertThat(root.text("breadcrumbs")).contains("cache miss");
  }

  @Test
  void status_wordsKept() {
    generation.fails(new ErrorInfo("Declined", "card declined", null, null, null, List.of()));

    send(agent.started(), generation.started(), generation.ended());

    ReceivedSpan failed = receiver.span("chat m");
    assertThat(failed.status()).isEqualTo("error");
    assertThat(failed.text("sentry.status.message")).isEqualTo("card declined");
    ReceivedSpan unfinished = receiver.span("invoke_agent desk");
    assertThat(unfinished.status()).isEqualTo("ok");
    assertThat(unfinished.text("sentry.status.message")).isEqualTo("cancelled");
  }

  @Test
  void attribute_ofTheApplicationWins() {
    agent.set("sentry.environment", "own").set("sentry.sample_rate", 0.25);

    send(agent.ended());

    ReceivedSpan span = receiver.span("invoke_agent desk");
    assertThat(span.text("sentry.environment")).isEqualTo("own");
    assertThat(span.text("sentry.sample_rate")).isEqualTo("0.25");
  }

  @Test
  void span_sentBeforeItsRootEnds() throws InterruptedException {
    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(generation.ended());

    ReceivedSpan span = receiver.nextEnvelope().spans().findFirst().orElseThrow();

    assertThat(span.name()).isEqualTo("chat m");
    send(agent.ended());
  }

  @Test
  void spans_manyAndLarge_splitIntoEnvelopes() {
    String text = "x".repeat(100_000);
    exporter.exportTracingEvent(agent.started());
    for (int i = 10; i < 1210; i++) {
      exporter.exportTracingEvent(agent.child(i, GENERIC).ended());
    }
    for (int i = 1210; i < 1230; i++) {
      exporter.exportTracingEvent(agent.child(i, GENERIC).io(text, null).ended());
    }
    send(agent.ended());

    assertThat(receiver.spans()).extracting(ReceivedSpan::id).doesNotHaveDuplicates().hasSize(1221);
    assertThat(receiver.requests())
        .allSatisfy(request -> assertThat(request.body()).hasSizeLessThan(1 << 20));
    assertThat(receiver.envelopes())
        .allSatisfy(envelope -> assertThat(envelope.spans().count()).isLessThanOrEqualTo(1000));
  }

  private static String attribute(JsonNode span, String name) {
    return span.path("attributes").path(name).toString();
  }

  private void send(TracingEvent... events) {
    for (TracingEvent event : events) {
      exporter.exportTracingEvent(event);
    }
    assertThat(exporter.shutdown(Duration.ofSeconds(10))).isTrue();
    assertThat(exporter.metrics().dropped()).isZero();
  }
}
