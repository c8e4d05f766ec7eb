package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.ErrorData.Frame;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import io.onlooker.TracingEvent.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedEventsTest {

  @Test
  void file_ofAWholeRun() throws IOException {
    RecordedEvents run =
        RecordedEvents.read(Path.of("src/test/resources/mastra/agentStream.new.events.jsonl"));

    assertThat(run.problems()).isEmpty();
    assertThat(run.events()).hasSize(12);
    assertThat(run.events().get(0).kind()).isEqualTo(Kind.SPAN_STARTED);
    SpanSnapshot agent = run.events().get(0).span();
    assertThat(agent.type()).isEqualTo(SpanType.AGENT_RUN);
    assertThat(agent.root()).isTrue();
    assertThat(agent.endNanos()).isEqualTo(SpanData.OPEN);
    SpanSnapshot generation = run.events().get(10).span();
    assertThat(generation.startNanos()).isEqualTo(1_795_164_426_933_000_000L);
    assertThat(generation.attributes().get(GenAi.USAGE_INPUT_TOKENS)).isEqualTo(41L);
    assertThat(generation.attributes().get(GenAi.REQUEST_TEMPERATURE)).isEqualTo(0.7);
    assertThat(generation.attributes().get(GenAi.RESPONSE_TIME_TO_FIRST_CHUNK)).isEqualTo(0.099);
  }

  @Test
  void line_bad_leftOutAndNamed() throws IOException {
    String good =
        "{\"type\":\"span_ended\",\"exportedSpan\":{\"id\":\"a\",\"traceId\":\"b\",\"name\":\"n\","
            + "\"type\":\"brand_new\",\"startTime\":\"2026-11-20T08:47:12Z\"}}";
    String text =
        String.join(
            "\n",
            "garbage",
            good,
            "",
            "[]",
            "{\"type\":\"span_ended\"}",
            good.replace("span_ended", "span_lost"),
            good.replace("\"id\":\"a\",", ""),
            good.replace("2026", "later"));

    RecordedEvents read = RecordedEvents.read(new StringReader(text));

    assertThat(read.events()).hasSize(1);
    assertThat(read.events().get(0).span().type()).isEqualTo(SpanType.GENERIC);
    assertThat(read.problems())
        .containsExactly(
            "line 1: json: 'g' at 0 (expected: a value)",
            "line 4: no object (expected: {\"type\":…,\"exportedSpan\":{…}})",
            "line 5: exportedSpan: missing (expected: an object)",
            "line 6: type: span_lost (expected: span_started, span_updated or span_ended)",
            "line 7: id: missing (expected: text)",
            "line 8: startTime: later-11-20T08:47:12Z"
                + " (expected: a time as 2026-11-20T08:47:04.916Z)");
  }

  @Test
  void stack_ofJavaScript() {
    List<Frame> frames =
        JavaScriptStack.frames(
            """
            TypeError: no
                at Tool.run (file:///app/tool.js:67:13)
                at async file:///app/node_modules/x/y.js:8:1
                at native
            """);

    assertThat(frames).hasSize(2);
    assertThat(frames.get(0).function()).isEqualTo("Tool.run");
    assertThat(frames.get(0).file()).isEqualTo("file:///app/tool.js");
    assertThat(frames.get(0).line()).isEqualTo(67);
    assertThat(frames.get(0).inApp()).isTrue();
    assertThat(frames.get(1).inApp()).isFalse();
  }
}
