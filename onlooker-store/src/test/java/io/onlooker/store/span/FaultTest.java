package io.onlooker.store.span;

import static io.onlooker.store.span.AgentSpans.chat;
import static io.onlooker.store.span.AgentSpans.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TypeError | x is undefined | TypeError: x is undefined",
        "unknown | x is undefined | x is undefined",
        "Error | x is undefined | x is undefined",
        "TypeError | internal_error | TypeError",
        "TypeError | TypeError: x | TypeError: x",
        "McpError | {\"message\":\"no such tool\",\"code\":-32601} | McpError: no such tool"
      })
  void text_typeAndMessage(String type, String message, String expected) {
    assertThat(Fault.of(tool("one", null).failed(type, message).build()))
        .extracting(Fault::text)
        .isEqualTo(expected);
  }

  @Test
  void fault_fromStatusOrException() {
    SpanData span = tool("one", null).status(SpanStatus.error("card declined")).build();
    SpanEvent thrown =
        new SpanEvent(
            1,
            "exception",
            Attributes.builder().put("exception.type", "java.io.IOException").build());
    SpanData both =
        new SpanData(
            span.traceId(),
            span.spanId(),
            null,
            span.name(),
            span.op(),
            0,
            1,
            span.status(),
            true,
            span.attributes(),
            List.of(thrown));

    assertThat(Fault.of(span)).isEqualTo(new Fault(null, "card declined"));
    assertThat(Fault.of(both)).isEqualTo(new Fault("java.io.IOException", "card declined"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[\"error\"] | error", "error | error", "[\"stop\",\"aborted\"] | aborted"})
  void badFinish_inAnyShape(String reasons, String expected) {
    SpanData span = chat("one", null).with(GenAi.RESPONSE_FINISH_REASONS, reasons).build();

    assertThat(Fault.badFinish(span)).isEqualTo(expected);
    assertThat(Fault.of(span)).isNotNull();
  }

  @Test
  void fault_ofAGoodSpan() {
    assertThat(
            Fault.of(chat("one", null).with(GenAi.RESPONSE_FINISH_REASONS, "[\"stop\"]").build()))
        .isNull();
    assertThat(Fault.of(tool("one", null).with(GenAi.TOOL_SUCCESS, true).build())).isNull();
  }
}
