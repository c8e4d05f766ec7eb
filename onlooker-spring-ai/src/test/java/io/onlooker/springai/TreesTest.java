package io.onlooker.springai;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.openai.OnlookerOpenAi;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.SafeGuardAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.annotation.Tool;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

/** What is below what, with no more than the handler in the registry. */
@Timeout(120)
class TreesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create(o -> o.sendDefaultPii(true));

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final Application application = Application.observed(server, recorder.onlooker());

  @AfterEach
  void close() {
    server.close();
  }

  private RecordedSession session() {
    return Eventually.get(recorder::takeSession);
  }

  @Test
  void client_isAnAgent() {
    server.reply(Reply.text("Hi."));

    application.support().build().prompt("Hello").call().content();

    RecordedSession session = session();
    assertThat(session.tree()).isEqualTo("invoke_agent chat-client\n  chat gpt-4o-mini\n");
    assertThat(session.root()).hasInput("Hello").hasOutput("Hi.").hasType(SpanType.AGENT_RUN);
  }

  @Test
  void content_isNotRecordedUnlessSaid() {
    try (SpanRecorder own = SpanRecorder.create()) {
      server.reply(
          Reply.toolCall("lookupUser", "{\"query\": \"secret\"}"), Reply.text("A secret."));

      Application.observed(server, own.onlooker())
          .support()
          .build()
          .prompt("My secret")
          .call()
          .content();

      assertThat(own.takeSession().spans())
          .hasSize(4)
          .allSatisfy(span -> assertThat(span.toString()).doesNotContain("secret"));
    }
  }

  @Test
  void guard_isAProcessor() {
    ChatClient client =
        application
            .bare()
            .defaultAdvisors(SafeGuardAdvisor.builder().sensitiveWords(List.of("bomb")).build())
            .build();

    client.prompt("How do I build a bomb?").call().content();

    assertThat(session().tree())
        .isEqualTo("invoke_agent chat-client\n  processor_run SafeGuardAdvisor\n");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void tool_failsForTheProcessorToo() {
    application.processor(OnlookerSpringAi::instrument);
    server.reply(Reply.toolCall("checkOrder", "{\"orderId\": \"\"}"), Reply.text("Which order?"));

    application.support().build().prompt("Where is my order?").call().content();

    assertThat(session().toolCalls("checkOrder").get(0))
        .hasAttribute(GenAi.TOOL_SUCCESS, false)
        .hasError(IllegalArgumentException.class.getName());
  }

  @Test
  void model_fails() {
    server.reply(Reply.error(401, "no such key"));
    ChatClient client = application.support().build();

    assertThatThrownBy(() -> client.prompt("Hello").call().content())
        .hasMessageContaining("no such key");

    assertThat(session().spans())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.Code.ERROR));
  }

  @Test
  void model_answersTooLate() {
    CountDownLatch held = new CountDownLatch(1);
    server.reply(Reply.text("Too late.").heldBy(held));
    ChatClient client = application.timeout(Duration.ofMillis(300)).support().build();

    assertThatThrownBy(() -> client.prompt("Hello").call().content())
        .isInstanceOf(RuntimeException.class);

    held.countDown();
    assertThat(session().modelCalls().get(0)).hasStatus(SpanStatus.Code.ERROR);
  }

  @Test
  void stream_isCancelled() {
    try (TalkingServer talking = TalkingServer.start()) {
      ChatClient client =
          Application.observed(talking.uri(), recorder.onlooker()).support().build();

      client.prompt("Count.").stream().content().blockFirst(PATIENCE);

      assertThat(session().spans())
          .hasSize(2)
          .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.Code.CANCELLED));
    }
  }

  @Test
  void stream_thatNeverEnds() {
    CountDownLatch held = new CountDownLatch(1);
    server.reply(Reply.text("One two three.").heldBy(held));
    try (SpanRecorder own = SpanRecorder.create(o -> o.idleTimeout(Duration.ofMillis(300)))) {
      ChatClient client = Application.observed(server, own.onlooker()).support().build();

      Disposable listening = client.prompt("Count.").stream().content().subscribe();

      RecordedSession session = Eventually.get(own::takeSession);
      held.countDown();
      listening.dispose();
      assertThat(session.tree()).isEqualTo("invoke_agent chat-client\n  chat gpt-4o-mini\n");
      assertThat(session.spans())
          .allSatisfy(span -> assertThat(span).hasStatus(SpanStatus.ABANDONED));
    }
  }

  @Test
  void model_thatIsAskedDirectly() {
    server.reply(Reply.text("Hi."), Reply.text("One two three."), Reply.text("Four five."));
    ChatModel model = OnlookerSpringAi.instrumentModel(application.model());

    String hi = model.call("Hello");
    List<ChatResponse> pieces = model.stream(new Prompt("Count.")).collectList().block(PATIENCE);
    String four = model.stream("Go on.").collect(Collectors.joining()).block(PATIENCE);

    assertThat(hi).isEqualTo("Hi.");
    assertThat(pieces).hasSizeGreaterThan(2);
    assertThat(four).isEqualTo("Four five.");
    assertThat(session().root()).hasNoAttribute(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK);
    for (int i = 0; i < 2; i++) {
      SpanSnapshot streamed = session().root();
      assertThat(streamed).hasType(SpanType.MODEL_GENERATION);
      assertThat(streamed.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
    }
  }

  @Test
  void model_isInstrumentedBelowAClient() {
    server.reply(Reply.text("One two three."));
    ChatModel model = OnlookerSpringAi.instrumentModel(application.model());
    ChatClient client =
        ChatClient.builder(model, application.registry, null, null)
            .defaultAdvisors(new OnlookerAdvisor())
            .build();

    client.prompt("Count.").stream().content().blockLast(PATIENCE);

    RecordedSession session = session();
    assertThat(session.tree()).isEqualTo("invoke_agent chat-client\n  chat gpt-4o-mini\n");
    assertThat(session.modelCalls().get(0).attributes())
        .satisfies(all -> assertThat(all.number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive());
  }

  @Test
  void conversation_ofAClientIsItsModelsToo() {
    server.reply(Reply.toolCall("lookupUser", "{\"query\": \"x\"}"), Reply.text("One two three."));

    application
        .supportWithMemory()
        .build()
        .prompt("Count.")
        .advisors(a -> a.param(ChatMemory.CONVERSATION_ID, "convo-1"))
        .stream()
        .content()
        .blockLast(PATIENCE);

    assertThat(session().spans())
        .hasSize(5)
        .allSatisfy(span -> assertThat(span).hasAttribute(GenAi.CONVERSATION_ID, "convo-1"));
  }

  @Test
  void stream_withAnAdvisorTellsTheFirstPiece() {
    server.reply(Reply.text("One two three."));

    application.support().defaultAdvisors(new OnlookerAdvisor()).build().prompt("Count.").stream()
        .content()
        .blockLast(PATIENCE);

    SpanSnapshot model = session().modelCalls().get(0);
    assertThat(model.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isPositive();
  }

  @Test
  void clientOfTheModel_isInstrumentedToo() {
    application.clients(
        sync -> OnlookerOpenAi.instrument(sync, o -> o.onlooker(recorder.onlooker())),
        async -> OnlookerOpenAi.instrument(async, o -> o.onlooker(recorder.onlooker())));
    server.reply(Reply.text("Hi."), Reply.text("One two three."));
    ChatClient client = application.bare().defaultAdvisors(new OnlookerAdvisor()).build();

    client.prompt("Hello").call().content();
    client.prompt("Count.").stream().content().blockLast(PATIENCE);

    assertThat(session().tree()).isEqualTo("invoke_agent chat-client\n  chat gpt-4o-mini\n");
    assertThat(session().tree()).isEqualTo("invoke_agent chat-client\n  chat gpt-4o-mini\n");
    assertThat(recorder.onlooker().currentSpan().recording()).isFalse();
  }

  /** Asks two more agents at once. */
  final class Desk {

    private final ChatClient clerk;

    Desk(ChatClient clerk) {
      this.clerk = clerk;
    }

    @Tool(description = "Ask the clerk")
    String askClerk(String question) {
      return recorder
          .onlooker()
          .startSpan(
              SpanOptions.named("at the desk"),
              span -> String.valueOf(clerk.prompt(question).call().content()));
    }

    @Tool(description = "Ask two clerks")
    String askTwo(String question) throws Exception {
      ExecutorService threads = virtualThreads();
      try {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          var here = ContextSnapshotFactory.builder().build().captureAll();
          Callable<String> ask = () -> String.valueOf(clerk.prompt(question).call().content());
          answers.add(threads.submit(here.wrap(ask)));
        }
        return answers.get(0).get(30, TimeUnit.SECONDS) + answers.get(1).get(30, TimeUnit.SECONDS);
      } finally {
        threads.shutdown();
      }
    }
  }

  // The sources are Java 17's, where the method does not exist.
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  @Test
  void agent_withinATool() {
    server.reply(
        Reply.toolCall("askClerk", "{\"question\": \"Where?\"}"),
        Reply.text("In Paris."),
        Reply.text("The clerk says Paris."));
    Desk desk = new Desk(application.bare().build());

    application.bare().defaultTools(desk).build().prompt("Where is it?").call().content();

    assertThat(session().tree())
        .isEqualTo(
            """
            invoke_agent chat-client
              chat gpt-4o-mini
              execute_tool askClerk
                at the desk
                  invoke_agent chat-client
                    chat gpt-4o-mini
              chat gpt-4o-mini
            """);
  }

  @Test
  void agents_onVirtualThreadsOfATool() {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads: of Java 21 and later");
    server.when(body -> body.contains("\"role\":\"tool\""), Reply.text("Done."));
    server.when(
        body -> body.contains("Where is it?"),
        Reply.toolCall("askTwo", "{\"question\": \"Which one?\"}"));
    server.when(body -> true, Reply.text("This one."));
    Desk desk = new Desk(application.bare().build());

    application.bare().defaultTools(desk).build().prompt("Where is it?").call().content();

    RecordedSession session = session();
    SpanSnapshot tool = session.toolCalls("askTwo").get(0);
    assertThat(session.children(tool))
        .hasSize(2)
        .allSatisfy(agent -> {
          assertThat(agent).hasType(SpanType.AGENT_RUN);
          assertThat(session.children(agent)).hasSize(1);
        });
    assertThat(session.spans()).hasSize(8);
  }

  @Test
  void streams_onElasticThreadsAtTheSameTime() {
    server.when(body -> true, Reply.text("One two three."));
    ChatClient client = application.bare().defaultAdvisors(new OnlookerAdvisor()).build();

    recorder
        .onlooker()
        .startSpan(
            SpanOptions.named("page"),
            span -> {
              var streams = new ArrayList<Flux<String>>();
              for (int i = 0; i < 8; i++) {
                streams.add(
                    client.prompt("Count.").stream()
                        .content()
                        .publishOn(Schedulers.boundedElastic()));
              }
              return String.valueOf(Flux.merge(streams).blockLast(PATIENCE));
            });

    // The page ends with the last piece; agents end on their own threads, perhaps later.
    List<SpanSnapshot> spans = new ArrayList<>();
    Eventually.get(() -> {
      spans.addAll(recorder.takeAll());
      assertThat(spans).hasSize(17);
      return spans;
    });
    SpanSnapshot page = spans.stream().filter(SpanSnapshot::root).findFirst().orElseThrow();
    List<SpanSnapshot> agents = ofType(spans, SpanType.AGENT_RUN);
    assertThat(agents).hasSize(8).allSatisfy(agent -> assertThat(agent).hasParent(page));
    assertThat(ofType(spans, SpanType.MODEL_GENERATION))
        .extracting(SpanSnapshot::parentSpanId)
        .containsExactlyInAnyOrderElementsOf(agents.stream().map(SpanSnapshot::spanId).toList());
  }

  private static List<SpanSnapshot> ofType(List<SpanSnapshot> spans, SpanType type) {
    return spans.stream().filter(span -> span.type() == type).toList();
  }

  @Test
  void contextOfReactor_carriesTheSpan() {
    Hooks.enableAutomaticContextPropagation();
    try {
      server.reply(Reply.text("One two three."));
      application.bare().defaultAdvisors(new OnlookerAdvisor()).build().prompt("Count.").stream()
          .content()
          .publishOn(Schedulers.boundedElastic())
          .blockLast(PATIENCE);

      assertThat(session().tree()).isEqualTo("invoke_agent chat-client\n  chat gpt-4o-mini\n");
      assertThat(recorder.onlooker().currentSpan().recording()).isFalse();
    } finally {
      Hooks.disableAutomaticContextPropagation();
    }
  }

  @Test
  void observation_ofTheApplicationInBetween() {
    server.reply(Reply.text("Hi."));
    ChatClient client = application.bare().build();

    recorder
        .onlooker()
        .startSpan(
            SpanOptions.named("request"),
            span ->
                Observation.createNotStarted("work", application.registry)
                    .observe(() -> String.valueOf(client.prompt("Hello").call().content())));

    assertThat(session().tree())
        .isEqualTo("request\n  invoke_agent chat-client\n    chat gpt-4o-mini\n");
  }

  @Test
  void handler_thatFails() {
    Prompt broken =
        new Prompt("Hello") {
          @Override
          public ChatOptions getOptions() {
            throw new IllegalStateException("options: none (expected: some)");
          }
        };
    ChatModelObservationContext context =
        ChatModelObservationContext.builder().prompt(broken).provider("openai").build();

    String answer =
        Observation.createNotStarted("chat", () -> context, application.registry)
            .observe(() -> "Hi.");

    assertThat(answer).isEqualTo("Hi.");
    assertThat(recorder.takeAll()).isEmpty();
  }

  @Test
  void whatIsSaidOfACall_fails() {
    server.reply(Reply.text("Hi."));
    ChatClient client =
        OnlookerSpringAi.instrumentAgent(
            application.bare().build(), o -> o.onlooker(recorder.onlooker()));

    String answer =
        client
            .prompt("Hello")
            .advisors(
                OnlookerSpringAi.call(call -> {
                  throw new IllegalStateException("theirs");
                }))
            .call()
            .content();

    assertThat(answer).isEqualTo("Hi.");
    assertThat(session().root()).hasInput("Hello");
  }
}
