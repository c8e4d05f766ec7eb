package io.onlooker.test;

import static io.onlooker.test.SessionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.Usage;
import org.junit.jupiter.api.Test;

class SpanRecorderTest {

  @Test
  void close_withAnOpenSpan() {
    SpanRecorder recorder = SpanRecorder.create();
    recorder.onlooker().startInactiveSpan("left open");

    assertThatThrownBy(recorder::close)
        .isInstanceOf(AssertionError.class)
        .hasMessage("open spans: [left open] (expected: none)");
    assertThat(recorder.onlooker().enabled()).isFalse();
  }

  @Test
  void close_withAnUnreadSpan() {
    SpanRecorder recorder = SpanRecorder.create();
    recorder.onlooker().startSpan("unread", span -> 1);

    assertThatThrownBy(recorder::close).hasMessage("unread spans: [unread] (expected: none)");
  }

  @Test
  void close_withAllRead() {
    try (SpanRecorder recorder = SpanRecorder.create()) {
      recorder.onlooker().startSpan("one", span -> 1);
      recorder.onlooker().startSpan("two", span -> 1);

      assertThat(recorder.takeAll()).hasSize(2);
    }
  }

  @Test
  void take_whatIsNotThere() {
    try (SpanRecorder recorder = SpanRecorder.create()) {
      recorder.onlooker().startSpan("one", span -> 1);

      assertThatThrownBy(() -> recorder.take("two"))
          .hasMessage("span: two (expected: one of [one])");
      recorder.take();
    }
  }

  @Test
  void createCurrent_isTheProcesssOwn() {
    try (SpanRecorder recorder = SpanRecorder.createCurrent()) {
      Onlooker.current().startSpan("somewhere deep", span -> 1);

      SpanAssert.assertThat(recorder.take()).hasName("somewhere deep");
    }
    assertThat(Onlooker.current().enabled()).isFalse();
  }

  @Test
  void assertions_sayWhatIsWrong() {
    try (SpanRecorder recorder = SpanRecorder.create()) {
      Span agent = recorder.onlooker().startInactiveSpan(SpanOptions.agentRun("support"));
      agent.startChild(SpanOptions.toolCall("search")).end();
      agent.startChild(SpanOptions.modelGeneration("gpt-4o", null)).set(Usage.of(3, 4)).end();
      agent.setStatus(SpanStatus.error("gave up")).end();
      RecordedSession session = recorder.takeSession();

      assertThatThrownBy(() -> assertThat(session).calledTool("search").times(2))
          .hasMessageContaining("calls of tool search: 1 (expected: 2)")
          .hasMessageContaining("invoke_agent support");
      assertThatThrownBy(() -> assertThat(session).calledModel("gpt-4o").never())
          .hasMessageContaining("calls of model gpt-4o: 1 (expected: 0)");
      assertThatThrownBy(() -> assertThat(session).succeeded()).hasMessageContaining("gave up");
      assertThatThrownBy(() -> assertThat(session).usedTokens(8))
          .hasMessageContaining("tokens: 7 (expected: 8)");
      assertThatThrownBy(() -> assertThat(session).hasTree("something else"))
          .hasMessageContaining("execute_tool search");
      assertThatThrownBy(() -> SpanAssert.assertThat(session.root()).hasAttribute("a", 1))
          .hasMessageContaining("a of invoke_agent support: null (expected: 1)");
      assertThat(session).failed();
    }
  }
}
