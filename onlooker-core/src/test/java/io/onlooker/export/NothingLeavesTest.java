package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.ErrorInfo;
import io.onlooker.LogData;
import io.onlooker.Onlooker;
import io.onlooker.OnlookerOptions;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.redact.PersonalData;
import io.onlooker.session.AgentCall;
import io.onlooker.session.AgentRecorder;
import io.onlooker.session.SessionOptions;
import io.onlooker.session.StreamRecorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Whatever personal data an application puts anywhere: it is not in the bytes that any exporter
 * sends.
 */
class NothingLeavesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Where a value is put, each with a value of its own. */
  private static final List<BiConsumer<Onlooker, String>> PLACES =
      List.of(
          NothingLeavesTest::agentInputAndOutput,
          NothingLeavesTest::sessionSaysEverything,
          NothingLeavesTest::modelMessages,
          NothingLeavesTest::toolArguments,
          NothingLeavesTest::attributesAndNames,
          NothingLeavesTest::failures,
          NothingLeavesTest::logsAndBreadcrumbs,
          NothingLeavesTest::streamInPieces);

  @Property(tries = 12)
  void nothing_leavesByAnyExporter(@ForAll("values") List<String> values) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Receiver receiver = new Receiver();
        SessionsServer ours = SessionsServer.ours();
        SessionsServer sentrial = SessionsServer.sentrial()) {
      Onlooker onlooker =
          Onlooker.create(
              options -> exporters(options.pii(true), receiver, ours, sentrial, printed));
      for (int i = 0; i < PLACES.size(); i++) {
        PLACES.get(i).accept(onlooker, values.get(i));
      }
      assertThat(onlooker.shutdown(PATIENCE)).isTrue();

      List<String> sent = new ArrayList<>(ours.bodies());
      sent.addAll(sentrial.bodies());
      receiver
          .requests()
          .forEach(request -> sent.add(new String(request.body(), StandardCharsets.UTF_8)));
      sent.add(printed.toString(StandardCharsets.UTF_8));
      assertThat(receiver.requests()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(ours.calls()).isNotEmpty();
      assertThat(sentrial.calls()).hasSameSizeAs(ours.calls());
      assertThat(String.join("\n", sent)).contains("marker-before", "marker-behind");
      assertThat(sent).allSatisfy(body -> values.forEach(value -> assertGone(body, value)));
    }
  }

  private static void assertGone(String body, String value) {
    String secret = value.startsWith("Bearer ") ? value.substring(7) : value;
    assertThat(body).doesNotContain(secret).doesNotContain("REDACTION FAILED");
  }

  private static void exporters(
      OnlookerOptions options,
      Receiver receiver,
      SessionsServer ours,
      SessionsServer sentrial,
      ByteArrayOutputStream printed) {
    options
        .exporter(SentryExporter.builder().dsn(receiver.dsn()).build())
        .exporter(SentryExporter.builder().dsn(receiver.dsn()).spans(SentrySpans.STREAM).build())
        .exporter(OtlpExporter.builder(receiver.address()).build())
        .exporter(ConsoleExporter.to(new PrintStream(printed, true, StandardCharsets.UTF_8)))
        .exporter(ConsoleExporter.jsonTo(new PrintStream(printed, true, StandardCharsets.UTF_8)))
        .exporter(SessionsExporter.builder(ours.address(), "k").build())
        .exporter(SessionsExporter.builder(sentrial.address(), "k").build());
  }

  private static void agentInputAndOutput(Onlooker onlooker, String value) {
    AgentRecorder.open("support", o -> o.onlooker(onlooker).metadata("note", said(value)))
        .call(AgentCall.of(said(value)), session -> List.of(said(value), Map.of(said(value), 1)));
  }

  private static void sessionSaysEverything(Onlooker onlooker, String value) {
    SessionOptions options =
        SessionOptions.named(said(value))
            .agentName(said(value))
            .userId(said(value))
            .conversationId(said(value))
            .input(Map.of("deep", List.of(Optional.of(said(value)))));
    onlooker.session(
        options,
        session ->
            session
                .metadata("k", new Held(said(value)))
                .metric(said(value), 1)
                .failed(said(value)));
  }

  record Held(String text) {}

  private static void modelMessages(Onlooker onlooker, String value) {
    onlooker.runSpan(
        SpanOptions.modelGeneration("gpt-4o", "openai")
            .input(List.of(Map.of("role", "user", "content", said(value)))),
        span -> span.setAttribute("gen_ai.output.messages", json(value)).output(said(value)));
  }

  private static void toolArguments(Onlooker onlooker, String value) {
    onlooker.runSpan(
        SpanOptions.agentRun("a"),
        agent ->
            onlooker.runSpan(
                SpanOptions.toolCall("send").input(json(value)),
                tool -> tool.output(json(json(value)))));
  }

  private static void attributesAndNames(Onlooker onlooker, String value) {
    onlooker.runSpan(
        SpanOptions.named(said(value)).op("task").attribute("list", List.of("a", said(value))),
        span -> span.setAttribute(said(value), 1).event(said(value), Map.of("x", said(value))));
  }

  private static void failures(Onlooker onlooker, String value) {
    Span span = onlooker.startInactiveSpan(SpanOptions.agentRun("failing"));
    Exception cause = new IllegalStateException(said(value));
    span.recordException(new IOException(said(value), cause)).end();
    Span own = onlooker.startInactiveSpan(SpanOptions.toolCall("t"));
    own.error(new ErrorInfo("declined", said(value), said(value), null, null, List.of())).end();
    onlooker.captureException(new IOException(said(value), cause));
    onlooker.captureMessage(said(value), LogData.Level.WARN);
  }

  private static void logsAndBreadcrumbs(Onlooker onlooker, String value) {
    onlooker.addBreadcrumb(said(value), Map.of("data", said(value)));
    onlooker.setUser(Attributes.of(Map.of("user.id", said(value), "user.name", said(value))));
    onlooker.logger().info("order {} of {}", said(value), said(value));
    onlooker.captureMessage("behind a breadcrumb", LogData.Level.ERROR);
    onlooker.setUser((String) null);
  }

  private static void streamInPieces(Onlooker onlooker, String value) {
    AgentRecorder recorder = AgentRecorder.open("streaming", o -> o.onlooker(onlooker));
    StreamRecorder stream = recorder.stream(AgentCall.of("marker-before"), any -> any);
    String text = said(value);
    for (int i = 0; i < text.length(); i += 3) {
      stream.chunk(text.substring(i, Math.min(text.length(), i + 3)));
    }
    stream.complete();
  }

  private static String said(@Nullable String value) {
    return "marker-before \"" + value + "\" marker-behind";
  }

  private static String json(String value) {
    JsonWriter json = new JsonWriter();
    ObjectEncoder.write(json, Map.of("to", List.of(Map.of("v", value))), 100_000);
    return json.toString();
  }

  @Provide
  Arbitrary<List<String>> values() {
    return PersonalData.any().list().ofSize(PLACES.size());
  }
}
