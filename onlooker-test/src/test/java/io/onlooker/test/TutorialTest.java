package io.onlooker.test;

import static io.onlooker.test.SessionAssert.assertThat;
import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Details;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.TraceOptions;
import io.onlooker.Usage;
import io.onlooker.export.OtlpExporter;
import io.onlooker.export.SentryExporter;
import io.onlooker.session.Agent;
import io.onlooker.session.AgentCall;
import io.onlooker.session.OnlookerAgents;
import io.onlooker.session.SessionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tutorial, top to bottom. What stands between the marks stands in the README as well. */
class TutorialTest {

  // snippet: recorder
  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();
  private final Onlooker onlooker = recorder.onlooker();

  // end

  /** What the samples talk about. */
  record Answer(String id, String model, String text, long input, long output) {}

  private static Answer model(String question) {
    return new Answer("resp-1", "gpt-4o-2024-08-06", "It is on its way. " + question, 120, 30);
  }

  @Test
  void open() {
    try (CaptureServer server = CaptureServer.start()) {
      String dsn = server.dsn();
      // snippet: open
      Onlooker onlooker =
          Onlooker.init(options ->
              options.dsn(dsn).environment("production").release("1.0.0").tracesSampleRate(1.0));
      // end
      assertThat(onlooker.enabled()).isTrue();
      assertThat(Onlooker.current()).isSameAs(onlooker);
      onlooker.close();
    }
  }

  @Test
  void exporter_zeroConfig() {
    // snippet: zero-config
    // Reads from SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_RELEASE
    SentryExporter exporter = SentryExporter.fromEnvironment();
    // end
    assertThat(exporter.enabled()).isEqualTo(System.getenv("SENTRY_DSN") != null);
    exporter.shutdown();
  }

  @Test
  void exporter_explicit() {
    try (CaptureServer server = CaptureServer.start()) {
      String dsn = server.dsn();
      // snippet: explicit
      SentryExporter exporter =
          SentryExporter.builder()
              .dsn(dsn)
              .environment("production")
              .tracesSampleRate(1.0)
              .release("1.0.0")
              .build();
      // end
      // snippet: methods
      Onlooker onlooker = Onlooker.init(options -> options.exporter(exporter));
      onlooker.flush(); // two seconds at most; goes on afterwards
      onlooker.close(); // ends open spans, two seconds at most
      // end
      assertThat(exporter.enabled()).isTrue();
      assertThat(onlooker.enabled()).isFalse();
    }
  }

  /** The three methods of seeds 000 and 001, called by hand. */
  @Test
  void exporter_methods() {
    onlooker.startInactiveSpan(SpanOptions.agentRun("support")).end();
    recorder.take();
    try (CaptureServer server = CaptureServer.start()) {
      SentryExporter exporter = SentryExporter.builder().dsn(server.dsn()).build();

      recorder.events().forEach(exporter::exportTracingEvent);

      assertThat(exporter.flush()).isTrue();
      assertThat(server.take(Duration.ofSeconds(10)).text()).contains("invoke_agent support");
      assertThat(exporter.shutdown()).isTrue();
      assertThat(exporter.metrics().sent()).isEqualTo(1);
    }
  }

  @Test
  void span() {
    String id = "order-1";
    // snippet: span
    String orderId =
        onlooker.startSpan(
            SpanOptions.named("Checkout").op("ui.action").attribute("cart.item_count", 3),
            span -> {
              span.setAttribute("order.id", id);
              return id;
            });
    // end
    assertThat(orderId).isEqualTo("order-1");
    assertThat(recorder.take())
        .hasName("Checkout")
        .hasOp("ui.action")
        .hasExactlyAttributes(Map.of("cart.item_count", 3, "order.id", "order-1"));
  }

  // snippet: agent
  String ask(String question) {
    SpanOptions agent =
        SpanOptions.agentRun("support")
            .with(Details.Agent.of("You help customers.", "check-order").maxSteps(5))
            .input(question);
    return onlooker.startSpan(
        agent,
        run -> {
          String status = checkOrder("ORD-12345");
          Answer answer = chat(question + " " + status);
          run.output(answer.text());
          return answer.text();
        });
  }

  String checkOrder(String orderId) {
    SpanOptions tool =
        SpanOptions.toolCall("check-order")
            .with(Details.Tool.call("call-1"))
            .input(Map.of("orderId", orderId));
    return onlooker.startSpan(
        tool,
        span -> {
          String status = "shipped";
          span.output(status).set(Details.Tool.ended(true));
          return status;
        });
  }

  Answer chat(String prompt) {
    SpanOptions generation =
        SpanOptions.modelGeneration("gpt-4o", "openai")
            .with(Details.Request.of(0.7, 500))
            .input(List.of(Map.of("role", "user", "content", prompt)));
    return onlooker.startSpan(
        generation,
        span -> {
          Answer answer = model(prompt);
          span.set(Details.Response.of(answer.id(), answer.model(), "stop"))
              .set(Usage.of(answer.input(), answer.output()))
              .output(answer.text());
          return answer;
        });
  }

  // end

  @Test
  void agent() {
    ask("Where is my order?");

    RecordedSession session = recorder.takeSession();
    // snippet: assert
    assertThat(session)
        .calledTool("check-order")
        .times(1)
        .calledModel("gpt-4o")
        .times(1)
        .usedTokens(150)
        .succeeded();
    // end
    assertThat(session)
        .hasTree("invoke_agent support", "  execute_tool check-order", "  chat gpt-4o");
    SpanSnapshot agent = session.root();
    assertThat(agent).hasType(SpanType.AGENT_RUN).hasInput("Where is my order?");
    assertThat(session.children(agent)).hasSize(2);
  }

  @Test
  void trace() {
    // snippet: trace
    String answer =
        onlooker.withTrace(
            TraceOptions.NONE.tags("beta").metadata(Map.of("plan", "pro")).hideOutput(),
            () -> ask("Where is my order?"));
    // end
    RecordedSession session = recorder.takeSession();
    assertThat(answer).contains("on its way");
    assertThat(session.root().tags()).containsExactly("beta");
    assertThat(session.spans()).allSatisfy(span -> assertThat(span).hasOutput(null));
    assertThat(session.spans())
        .allSatisfy(span -> assertThat(span.metadata()).containsEntry("plan", "pro"));
  }

  @Test
  void queue() throws Exception {
    // snippet: queue
    Map<String, String> headers = onlooker.startSpan("produce", span -> onlooker.traceData());

    onlooker.continueTrace(headers, () -> onlooker.startSpan("consume", span -> "done"));
    // end
    SpanSnapshot produce = recorder.take("produce");
    assertThat(recorder.take("consume")).hasParent(produce);
  }

  @Test
  void threads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    // snippet: threads
    ExecutorService tools = onlooker.wrap(pool);
    onlooker.runSpan(
        SpanOptions.workflowRun("order-status"),
        run -> tools.submit(() -> checkOrder("ORD-12345")).get());
    // end
    pool.shutdown();
    assertThat(recorder.takeSession())
        .hasTree("invoke_workflow order-status", "  execute_tool check-order");
  }

  @Test
  void streaming() {
    // snippet: streaming
    Span span =
        onlooker.startInactiveSpan(SpanOptions.modelGeneration("gpt-4o", "openai").input("Hi"));
    span.firstChunk(); // when the first piece arrives: the time to it is recorded
    span.update(); // a live view may show what is known so far
    span.output("Hello!").set(Usage.of(5, 2)).end();
    // end
    assertThat(recorder.take()).hasOutput("Hello!").hasAttribute("gen_ai.usage.total_tokens", 7);
    assertThat(recorder.events()).hasSize(3);
  }

  @Test
  void errorsAndLogs() {
    String orderId = "o-1";
    String provider = "stripe";
    Exception exception = new IllegalStateException("no stock");
    // snippet: errors-and-logs
    onlooker.logger().info("Order {} confirmed via {}", orderId, provider);
    onlooker.captureException(exception);
    onlooker.setUser("user-42");
    onlooker.setConversationId("convo-abc-123");
    // end
    assertThat(recorder.logs()).hasSize(1);
    assertThat(recorder.errors()).hasSize(1);
    onlooker.setUser((String) null);
    onlooker.setConversationId(null);
    assertThat(onlooker.flush(Duration.ofSeconds(2))).isTrue();
  }

  /** An agent of the application's own. */
  static final class MyAgent {
    String generate(String question) {
      return Onlooker.current().startSpan(SpanOptions.toolCall("lookup"), tool -> "It is sunny.");
    }

    Stream<String> stream(String question) {
      return Stream.of("You ordered ", "a lamp.");
    }
  }

  private final MyAgent agent = new MyAgent();

  /** What an application knows of the request that it serves. */
  record Request(String user, String thread) {}

  @Test
  void instrumentAgent() {
    try (CaptureServer server = CaptureServer.start()) {
      String apiKey = "key-of-the-tutorial";
      String apiUrl = server.uri().toString();
      // snippet: instrument-agent
      Agent<String, String, RuntimeException> tracked =
          OnlookerAgents.instrumentAgent(
              agent::generate, o -> o.apiKey(apiKey).apiUrl(apiUrl).agentName("my-agent"));

      // Used as before; a session with input, output, model and tool calls, tokens and time.
      String result = tracked.generate("What is the weather today?");
      // end
      assertThat(result).isEqualTo("It is sunny.");
      Onlooker.current().flush(Duration.ofSeconds(60));
      Onlooker.current().close();
      StringBuilder sent = new StringBuilder();
      server.waiting().forEach(request -> sent.append(request.text()));
      assertThat(sent.toString()).contains("my-agent", "What is the weather today?", "lookup");
    }
  }

  @Test
  void instrumentAgent_fiveLines() {
    try (CaptureServer server = CaptureServer.start()) {
      String dsn = server.dsn();
      // snippet: plain-java
      Onlooker.init(options -> options.dsn(dsn));
      Agent<String, String, RuntimeException> support =
          OnlookerAgents.instrumentAgent(agent::generate, o -> o.agentName("support").pii(true));
      String answer = support.generate("Where is order ORD-12345?");
      // end
      assertThat(answer).isEqualTo("It is sunny.");
      Onlooker.current().close();
      assertThat(server.take(Duration.ofSeconds(30)).text()).contains("invoke_agent support");
    }
  }

  @Test
  void open_towardsOpenTelemetry() {
    try (CaptureServer server = CaptureServer.start()) {
      String backend = server.uri().toString();
      // snippet: otlp
      Onlooker onlooker =
          Onlooker.init(options -> options.exporter(OtlpExporter.builder(backend).build()));
      // end
      onlooker.runSpan(SpanOptions.agentRun("support"), run -> {});
      onlooker.close();
      assertThat(server.take(Duration.ofSeconds(30)).text()).contains("resourceSpans");
    }
  }

  @Test
  void open_towardsBoth() {
    try (CaptureServer ours = CaptureServer.start();
        CaptureServer theirs = CaptureServer.start()) {
      String onlookerDsn = ours.dsn();
      String sentryDsn = theirs.dsn();
      // snippet: two-receivers
      Onlooker onlooker =
          Onlooker.init(options ->
              options.dsn(onlookerDsn).exporter(SentryExporter.builder().dsn(sentryDsn).build()));
      // end
      onlooker.runSpan(SpanOptions.agentRun("support"), run -> {});
      onlooker.close();
      assertThat(theirs.take(Duration.ofSeconds(30)).text()).contains("invoke_agent support");
      assertThat(onlooker.exporters()).hasSize(2);
    }
  }

  @Test
  void instrumentAgent_turns() {
    Request request = new Request("user-42", "convo-abc-123");
    // snippet: turns
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            agent::generate,
            o -> o.onlooker(onlooker).userId(request::user).conversationId(request::thread));

    tracked.generate("Hi, my name is Alice.");
    tracked.generate("What was my name again?"); // of the same conversation
    // end
    assertThat(recorder.takeAll())
        .hasSize(2)
        .allSatisfy(
            span -> assertThat(span).hasAttribute("gen_ai.conversation.id", "convo-abc-123"));
  }

  @Test
  void instrumentAgent_stream() {
    StringBuilder shown = new StringBuilder();
    // snippet: stream
    Agent<String, Stream<String>, RuntimeException> tracked =
        OnlookerAgents.instrumentStream(
            agent::stream, o -> o.onlooker(onlooker).agentName("support"));

    try (Stream<String> answer = tracked.generate("Give me a summary of my recent orders.")) {
      answer.forEach(shown::append);
    }
    // The session ends with the stream: its output is the whole text.
    // end
    assertThat(recorder.take()).hasOutput("You ordered a lamp.");
  }

  @Test
  void instrumentAgent_pii() {
    // snippet: agent-pii
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            agent::generate, o -> o.onlooker(onlooker).agentName("support-agent").pii(true));

    tracked.generate("My email is john@example.com and SSN is 123-45-6789");
    // sent as: My email is [EMAIL] and SSN is [SSN]
    // end
    assertThat(recorder.take()).hasInput("My email is [EMAIL] and SSN is [SSN]");
  }

  @Test
  void instrumentAgent_overrides() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(agent::generate, o -> o.onlooker(onlooker));
    // snippet: overrides
    String result =
        AgentCall.with(
            call ->
                call.userId("override-user-id")
                    .conversationId("override-convo-id")
                    .metadata(Map.of("satisfaction", 5, "source", "web-chat", "priority", "high")),
            () -> tracked.generate("How can I help?"));
    // end
    assertThat(result).isEqualTo("It is sunny.");
    SpanSnapshot span = recorder.take();
    assertThat(span).hasAttribute("user.id", "override-user-id");
    assertThat(span.metadata()).containsEntry("priority", "high");
  }

  @Test
  void instrumentAgent_errors() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> {
              throw new IllegalStateException("no");
            },
            o -> o.onlooker(onlooker));
    List<Exception> handled = new ArrayList<>();
    // snippet: agent-errors
    try {
      tracked.generate("Do something risky");
    } catch (IllegalStateException e) {
      handled.add(e); // the agent's own; its session has failed, with type and message
    }
    // end
    assertThat(handled).hasSize(1);
    assertThat(recorder.take().status().code()).isEqualTo(SpanStatus.Code.ERROR);
  }

  @Test
  void session() {
    String question = "Where is my order?";
    // snippet: session
    String answer =
        onlooker.session(
            SessionOptions.named("customer-support")
                .userId("user-42")
                .conversationId("convo-abc-123")
                .input(question),
            session -> {
              String text = chat(question).text();
              session.output(text).metric("satisfaction", 4.5).success(true);
              return text;
            });
    // end
    assertThat(answer).contains("on its way");
    assertThat(recorder.takeSession())
        .hasTree("invoke_agent customer-support", "  chat gpt-4o")
        .succeeded();
  }
}
