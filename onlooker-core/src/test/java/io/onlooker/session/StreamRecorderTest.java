package io.onlooker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Recorded;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.redact.RedactionProcessor;
import io.onlooker.redact.RedactionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamRecorderTest {

  private final Recorded recorded =
      new Recorded(options -> options.processor(new RedactionProcessor(RedactionRules.BUILT_IN)));
  private final Onlooker onlooker = recorded.onlooker;

  @AfterEach
  void close() {
    recorded.close();
  }

  private Agent<String, Stream<String>, RuntimeException> tracked(
      Agent<String, Stream<String>, RuntimeException> agent) {
    return OnlookerAgents.instrumentStream(agent, o -> o.onlooker(onlooker));
  }

  @Test
  void stream_readToItsEnd() {
    List<String> read = tracked(q -> Stream.of("On ", "its ", "way")).generate("?").toList();

    assertThat(read).containsExactly("On ", "its ", "way");
    SpanSnapshot span = recorded.span();
    assertThat(span.output()).isEqualTo("On its way");
    assertThat(span.status().code()).isEqualTo(SpanStatus.Code.UNSET);
    assertThat(span.attributes().number(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isNotNull();
  }

  @Test
  void stream_isAsLazyAsBefore() {
    AtomicInteger made = new AtomicInteger();
    Stream<String> stream =
        tracked(q -> Stream.generate(() -> "w" + made.incrementAndGet())).generate("?");

    assertThat(made).hasValue(0);
    List<String> read = stream.limit(2).toList();
    stream.close();

    assertThat(read).containsExactly("w1", "w2");
    assertThat(made.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void addressInTwoChunks_isRedacted() {
    tracked(q -> Stream.of("Write to john@exam", "ple.com, SSN 123-4", "5-6789"))
        .generate("My email is john@example.com")
        .forEach(chunk -> {});

    assertThat(recorded.span().output()).isEqualTo("Write to [EMAIL], SSN [SSN]");
    assertThat(recorded.span().input()).isEqualTo("My email is [EMAIL]");
  }

  @Test
  void stream_closedEarly() {
    AtomicInteger closed = new AtomicInteger();
    try (Stream<String> stream =
        tracked(q -> Stream.of("a", "b").onClose(closed::incrementAndGet)).generate("?")) {
      assertThat(stream.iterator().next()).isEqualTo("a");
    }

    assertThat(closed).hasValue(1);
    assertThat(recorded.span().output()).isEqualTo("a");
    assertThat(recorded.span().status())
        .isEqualTo(new SpanStatus(SpanStatus.Code.CANCELLED, "closed before its end"));
  }

  @Test
  void stream_closedAfterItsEnd() {
    Stream<String> stream = tracked(q -> Stream.of("a")).generate("?");
    stream.forEach(chunk -> {});
    stream.close();

    assertThat(recorded.span().status().code()).isEqualTo(SpanStatus.Code.UNSET);
  }

  @Test
  void stream_breaksOff() {
    IllegalStateException thrown = new IllegalStateException("connection reset");
    Stream<String> stream =
        tracked(q ->
                Stream.of("a", "b")
                    .peek(chunk -> {
                      if (chunk.equals("b")) {
                        throw thrown;
                      }
                    }))
            .generate("?");

    assertThatThrownBy(() -> stream.forEach(chunk -> {})).isSameAs(thrown);
    assertThat(recorded.span().output()).isEqualTo("a");
    assertThat(recorded.span().status()).isEqualTo(SpanStatus.error("connection reset"));
  }

  @Test
  void reader_failsAlone() {
    Stream<String> stream = tracked(q -> Stream.of("a", "b")).generate("?");
    try (stream) {
      assertThatThrownBy(() ->
              stream.forEach(chunk -> {
                throw new IllegalStateException("of the reader");
              }))
          .hasMessage("of the reader");
    }

    assertThat(recorded.span().error()).isNull();
    assertThat(recorded.span().status().code()).isEqualTo(SpanStatus.Code.CANCELLED);
  }

  @Test
  void agent_failsBeforeTheStream() {
    IllegalStateException thrown = new IllegalStateException("no model");

    assertThatThrownBy(() ->
            tracked(
                    q -> {
                      throw thrown;
                    })
                .generate("?"))
        .isSameAs(thrown);
    assertThat(recorded.span().status()).isEqualTo(SpanStatus.error("no model"));
  }

  @Test
  void sourcesWork_belongsToTheSession_readersDoesNot() {
    Stream<String> stream =
        tracked(q -> Stream.of("a").map(a -> onlooker.startSpan(SpanOptions.toolCall("t"), t -> a)))
            .generate("?");
    stream.forEach(chunk -> onlooker.startSpan("reader", span -> chunk));

    assertThat(recorded.span("execute_tool t").parentSpanId())
        .isEqualTo(recorded.span("invoke_agent agent").spanId());
    assertThat(recorded.span("reader").parentSpanId()).isNull();
  }

  @Test
  void forgottenStream_endsAsAbandoned() {
    tracked(q -> Stream.of("half an ", "answer")).generate("?").iterator().next();

    while (recorded.spans().isEmpty()) {
      System.gc();
    }

    assertThat(recorded.span().output()).isEqualTo("half an ");
    assertThat(recorded.span().status())
        .isEqualTo(new SpanStatus(SpanStatus.Code.CANCELLED, "abandoned"));
  }

  @Test
  void text_cannotBeHad() {
    AgentRecorder recorder = AgentRecorder.open("a", o -> o.onlooker(onlooker));

    Stream<String> followed =
        recorder.stream(
            AgentCall.of("?"),
            stream ->
                stream.follow(
                    Stream.of("a", "b"),
                    element -> {
                      throw new IllegalStateException("no text");
                    }));

    assertThat(followed.toList()).containsExactly("a", "b");
    assertThat(recorded.span().output()).isNull();
  }

  @Test
  void callbacks_firstEndCounts() {
    AgentRecorder recorder = AgentRecorder.open("a", o -> o.onlooker(onlooker));
    StreamRecorder stream = recorder.stream(AgentCall.of("?"), any -> any);

    stream.chunk("one ");
    stream.chunk(null);
    stream.chunk("two");
    assertThat(stream.ended()).isFalse();
    stream.complete();
    stream.chunk("three");
    stream.failed(new IllegalStateException("late"));
    stream.cancelled("late");

    assertThat(stream.ended()).isTrue();
    assertThat(recorded.span().output()).isEqualTo("one two");
    assertThat(recorded.span().error()).isNull();
  }

  @Test
  void callbacks_wholeAnswerWins() {
    AgentRecorder recorder = AgentRecorder.open("a", o -> o.onlooker(onlooker));
    StreamRecorder stream = recorder.stream(AgentCall.of("?"), any -> any);

    stream.chunk("pieces");
    stream.complete("whole");

    assertThat(recorded.span().output()).isEqualTo("whole");
  }

  @Test
  void endlessAnswer_isCutBetweenWords() {
    List<String> chunks = new ArrayList<>();
    IntStream.range(0, 255).forEach(i -> chunks.add("x".repeat(4095) + " "));
    chunks.addAll(List.of("see john@exam", "ple.com".repeat(1_000)));

    tracked(q -> chunks.stream()).generate("?").forEach(chunk -> {});

    assertThat(String.valueOf(recorded.span().output())).endsWith("x see … [TRUNCATED]");
  }
}
