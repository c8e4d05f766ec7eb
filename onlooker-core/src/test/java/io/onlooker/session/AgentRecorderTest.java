package io.onlooker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Recorded;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentRecorderTest {

  private final Recorded recorded = new Recorded();
  private final Onlooker onlooker = recorded.onlooker;

  @AfterEach
  void close() {
    recorded.close();
  }

  @Test
  void call_recordsQuestionAndAnswer() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> "It is sunny", o -> o.onlooker(onlooker).agentName("my-agent"));

    String answer = tracked.generate("What is the weather today?");

    assertThat(answer).isEqualTo("It is sunny");
    assertThat(recorded.span().entityName()).isEqualTo("my-agent");
    assertThat(recorded.span().input()).isEqualTo("What is the weather today?");
    assertThat(recorded.span().output()).isEqualTo("It is sunny");
  }

  @Test
  void call_toolsAndModelsBelongToIt() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> onlooker.startSpan(SpanOptions.toolCall("lookup"), span -> "found"),
            o -> o.onlooker(onlooker).userId("u"));

    tracked.generate("Look it up");

    List<SpanSnapshot> spans = recorded.spans();
    assertThat(spans.get(0).parentSpanId()).isEqualTo(spans.get(1).spanId());
    assertThat(spans.get(0).attributes().string(GenAi.USER_ID)).isEqualTo("u");
  }

  @Test
  void exception_recordedAndTheSame() {
    IOException thrown = new IOException("overloaded");
    Agent<String, String, IOException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> {
              throw thrown;
            },
            o -> o.onlooker(onlooker));

    assertThatThrownBy(() -> tracked.generate("x")).isSameAs(thrown);
    assertThat(recorded.span().status()).isEqualTo(SpanStatus.error("overloaded"));
    assertThat(recorded.span().error())
        .extracting(ErrorInfo::type)
        .isEqualTo("java.io.IOException");
  }

  @Test
  void resolvers_areAskedAtEachCall() {
    AtomicInteger users = new AtomicInteger();
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> "x",
            o ->
                o.onlooker(onlooker)
                    .userId(() -> "user-" + users.incrementAndGet())
                    .conversationId(() -> null)
                    .metadata("fixed", 1)
                    .metadata(() -> Map.of("n", users.get())));

    tracked.generate("a");
    tracked.generate("b");

    assertThat(recorded.spans())
        .extracting(span -> span.attributes().string(GenAi.USER_ID))
        .containsExactly("user-1", "user-2");
    assertThat(recorded.spans().get(1).metadata()).isEqualTo(Map.of("fixed", 1, "n", 2));
  }

  @Test
  void resolver_fails() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> "x",
            o ->
                o.onlooker(onlooker)
                    .userId(() -> {
                      throw new IllegalStateException("no request");
                    }));

    assertThat(tracked.generate("a")).isEqualTo("x");
    assertThat(recorded.span().output()).isEqualTo("x");
  }

  @Test
  void override_winsOverFrameworkAndOptions() {
    AgentRecorder recorder =
        AgentRecorder.open(
            "support",
            o -> o.onlooker(onlooker).userId("of options").metadata("source", "options"));
    AgentCall framework = AgentCall.of("Hi").conversationId("of memory").userId("of memory");

    AgentCall.with(
        call -> call.userId("override").metadata("source", "web-chat").metadata("satisfaction", 5),
        () -> recorder.call(framework, session -> "x"));
    recorder.call(framework, session -> "y");

    SpanSnapshot first = recorded.spans().get(0);
    assertThat(first.attributes().string(GenAi.USER_ID)).isEqualTo("override");
    assertThat(first.attributes().string(GenAi.CONVERSATION_ID)).isEqualTo("of memory");
    assertThat(first.metadata()).isEqualTo(Map.of("source", "web-chat", "satisfaction", 5));
    SpanSnapshot second = recorded.spans().get(1);
    assertThat(second.attributes().string(GenAi.USER_ID)).isEqualTo("of memory");
    assertThat(second.metadata()).isEqualTo(Map.of("source", "options"));
  }

  @Test
  void override_endsWithItsBody() {
    AgentRecorder recorder = AgentRecorder.open("a", o -> o.onlooker(onlooker));

    assertThatThrownBy(() ->
            AgentCall.with(
                call -> call.userId("u"),
                () -> {
                  throw new IOException("x");
                }))
        .isInstanceOf(IOException.class);
    AgentCall.with(
        outer -> outer.userId("outer").metadata("a", 1),
        () ->
            AgentCall.with(
                inner -> inner.userId("inner").metadata("b", 2),
                () -> recorder.call(AgentCall.NONE, session -> "x")));
    recorder.call(AgentCall.NONE, session -> "y");

    assertThat(recorded.spans().get(0).attributes().string(GenAi.USER_ID)).isEqualTo("inner");
    assertThat(recorded.spans().get(0).metadata()).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(recorded.spans().get(1).attributes().string(GenAi.USER_ID)).isNull();
  }

  @Test
  void ambientUser_holdsWhenNobodySaysMore() {
    onlooker.isolate(() -> {
      onlooker.setUser("ambient");
      return AgentRecorder.open("a", o -> o.onlooker(onlooker))
          .call(AgentCall.NONE, session -> "x");
    });

    assertThat(recorded.span().attributes().string(GenAi.USER_ID)).isEqualTo("ambient");
  }

  @Test
  void parallelCalls_neverMix() throws Exception {
    AgentRecorder recorder = AgentRecorder.open("a", o -> o.onlooker(onlooker));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<String>> answers =
        IntStream.range(0, 200)
            .mapToObj(i ->
                pool.submit(() ->
                    AgentCall.with(
                        call -> call.userId("user-" + i),
                        () ->
                            recorder.call(
                                AgentCall.of("question-" + i),
                                session ->
                                    onlooker.startSpan(
                                        SpanOptions.toolCall("t").input("question-" + i),
                                        tool -> "answer-" + i)))))
            .toList();
    for (Future<String> answer : answers) {
      answer.get();
    }
    pool.shutdown();

    assertThat(recorded.spans())
        .hasSize(400)
        .allSatisfy(span -> {
          String number = String.valueOf(span.attributes().get(GenAi.USER_ID)).substring(5);
          assertThat(span.input()).isEqualTo("question-" + number);
        });
  }

  @Test
  void withoutConnection_agentStillAnswers() {
    Agent<String, String, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(question -> "x", o -> o.failSilently(true));

    assertThat(tracked.generate("a")).isEqualTo("x");
  }

  @Test
  void withoutConnection_notSilent() {
    AtomicInteger calls = new AtomicInteger();
    Agent<String, Integer, RuntimeException> tracked =
        OnlookerAgents.instrumentAgent(
            question -> calls.incrementAndGet(), o -> o.failSilently(false));

    assertThatThrownBy(() -> tracked.generate("a"))
        .isInstanceOf(OnlookerException.class)
        .hasMessageContaining("nowhere to send");
    assertThat(calls).hasValue(0);
  }
}
