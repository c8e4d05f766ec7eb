package io.onlooker.export;

import static io.onlooker.SpanType.AGENT_RUN;
import static io.onlooker.SpanType.GENERIC;
import static io.onlooker.SpanType.MODEL_GENERATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.LogData;
import io.onlooker.LogData.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConsoleExporterTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final Given agent = Given.root(1, AGENT_RUN).entity("desk").at(0, 12.25);
  private final Given generation =
      agent
          .child(2, MODEL_GENERATION)
          .set(GenAi.REQUEST_MODEL, "m")
          .set(GenAi.USAGE_INPUT_TOKENS, 453)
          .set(GenAi.USAGE_OUTPUT_TOKENS, 50)
          .at(2, 2.262);

  @Test
  void text_indentedByDepth() {
    ConsoleExporter exporter = ConsoleExporter.to(out);
    Given failing = generation.child(3, GENERIC).named("parse\n\u001b[31m").at(2, 2.0005);

    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(generation.started());
    exporter.exportTracingEvent(failing.fails("com.shop.Boom", "no\nway").ended());
    exporter.exportTracingEvent(generation.ended());
    exporter.exportTracingEvent(agent.ended());
    exporter.exportLog(new LogData(0, null, null, Level.INFO, "hi", Attributes.EMPTY));
    exporter.exportError(
        new ErrorData("e", 0, null, null, Level.ERROR, "bad", List.of(), Attributes.EMPTY));
    assertThat(exporter.shutdown()).isTrue();
    assertThat(exporter.metrics().sent()).isEqualTo(5);

    assertThat(lines())
        .containsExactly(
            "2026-11-20T08:47:07Z    0.50 ms      parse [31m  ai.span"
                + "  FAILED com.shop.Boom: no way",
            "2026-11-20T08:47:07Z     262 ms    chat m  gen_ai.chat  453 → 50 tokens",
            "2026-11-20T08:47:05Z     12.3 s  invoke_agent desk  gen_ai.invoke_agent",
            "1970-01-01T00:00:00Z INFO hi",
            "1970-01-01T00:00:00Z ERROR bad");
  }

  @Test
  void json_oneObjectPerLine() {
    ConsoleExporter exporter = ConsoleExporter.jsonTo(out);

    exporter.exportTracingEvent(agent.started());
    exporter.exportTracingEvent(generation.ended());
    exporter.exportLog(new LogData(0, null, null, Level.INFO, "hi", Attributes.EMPTY));
    exporter.exportError(
        new ErrorData("e", 0, null, null, Level.ERROR, "bad", List.of(), Attributes.EMPTY));
    exporter.shutdown();

    List<JsonNode> lines =
        lines().stream().map(line -> Received.json(line.getBytes(UTF_8))).toList();
    assertThat(lines)
        .extracting(line -> line.path("kind").asString())
        .containsExactly("span", "log", "error", "span");
    assertThat(lines.get(0).path("duration_ms").asDouble()).isEqualTo(262.0);
    assertThat(lines.get(0).path("attributes").path(GenAi.USAGE_INPUT_TOKENS).asInt())
        .isEqualTo(453);
    assertThat(lines.get(3).path("status").asString()).isEqualTo("cancelled");
  }

  private List<String> lines() {
    return bytes.toString(UTF_8).lines().toList();
  }
}
