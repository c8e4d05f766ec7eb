package io.onlooker.langchain4j;

import dev.langchain4j.guardrail.GuardrailResult;
import dev.langchain4j.observability.api.event.GuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.InputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.OutputGuardrailExecutedEvent;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records guardrails, which LangChain4j tells of when they have run. */
final class Guardrails {

  private Guardrails() {}

  static void input(InputGuardrailExecutedEvent event) {
    var message = event.request().userMessage();
    write(event, event.result(), "input", message.hasSingleText() ? message.singleText() : null);
  }

  static void output(OutputGuardrailExecutedEvent event) {
    write(event, event.result(), "output", event.request().responseFromLLM().aiMessage().text());
  }

  private static void write(
      GuardrailExecutedEvent<?, ?, ?> event,
      GuardrailResult<?> result,
      String phase,
      @Nullable String checked) {
    Run run = Runs.of(event.invocationContext());
    if (run == null) {
      return;
    }
    Instant end = Instant.now();
    SpanOptions options =
        SpanOptions.processorRun(event.guardrailName())
            .with(new Details.Guardrail(null, phase, null))
            .parent(run.span())
            .startedAt(end.minus(event.duration()));
    if (run.recording().inputs()) {
      options.input(checked);
    }
    Span span = run.onlooker().startInactiveSpan(options);
    if (run.recording().outputs()) {
      span.output(result.hasRewrittenResult() ? result.successfulText() : result.asString());
    }
    if (!result.isSuccess()) {
      span.setStatus(SpanStatus.error(run.recording().outputs() ? result.asString() : null));
    }
    span.end(end);
  }
}
