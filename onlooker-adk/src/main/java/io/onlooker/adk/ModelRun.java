package io.onlooker.adk;

import com.google.adk.agents.CallbackContext;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.models.Model;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.instrument.StreamedAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model. A stream answers in pieces and then as a whole, sometimes as several: the
 * text, then the tools it asks for. What does not say that it is the last is held until the agent
 * goes on, and then ends when it came. Its invocation guards it.
 */
final class ModelRun {

  private final Run run;
  private final AgentRun agent;
  private final Span span;
  private final boolean streams;
  private final StreamedAnswer pieces = new StreamedAnswer();
  private final List<Part> parts = new ArrayList<>();
  private boolean finishing;
  private @Nullable Instant lastAnswer;

  private ModelRun(Run run, AgentRun agent, Span span, boolean streams) {
    this.run = run;
    this.agent = agent;
    this.span = span;
    this.streams = streams;
  }

  static ModelRun start(Run run, AgentRun agent, CallbackContext context, LlmRequest request) {
    boolean streams = context.invocationContext().runConfig().streamingMode() == StreamingMode.SSE;
    Model model =
        context.invocationContext().agent() instanceof LlmAgent asking
            ? asking.resolvedModel()
            : null;
    String name = request.model().orElse("unknown");
    SpanOptions options =
        SpanOptions.modelGeneration(Providers.bare(name), Providers.of(model, name))
            .parent(agent.span())
            .with(Input.details(request, streams));
    if (run.recording().inputs()) {
      Input.write(options, request);
    }
    return new ModelRun(run, agent, run.onlooker().startInactiveSpan(options), streams);
  }

  boolean of(AgentRun asking) {
    return agent == asking;
  }

  void answered(LlmResponse response) {
    lastAnswer = Instant.now();
    Output.facts(span, response);
    finishing |= response.finishReason().isPresent() || response.turnComplete().orElse(false);
    if (response.partial().orElse(false)) {
      piece(response);
    } else {
      whole(response);
    }
  }

  private void piece(LlmResponse response) {
    span.firstChunk();
    response.content().map(Messages::text).ifPresent(text -> pieces.text(0, text));
  }

  private void whole(LlmResponse response) {
    response.content().flatMap(Content::parts).ifPresent(parts::addAll);
    agent.answers(Messages.whole(Content.builder().role("model").parts(parts).build()));
    if (!streams || finishing) {
      end(null);
    }
  }

  /** Ends it when its last answer came, if it still waits; true, for it is over then. */
  boolean endHeld() {
    if (lastAnswer == null) {
      // A callback answered in the model's place, which was not asked.
      span.setStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "answered by a callback"));
    }
    end(lastAnswer);
    return true;
  }

  void fail(Throwable cause) {
    close(any -> Ending.fail(any, cause));
  }

  void close(Consumer<Span> how) {
    if (lastAnswer == null || parts.isEmpty()) {
      how.accept(span);
    }
    end(null);
  }

  private void end(@Nullable Instant when) {
    if (streams && lastAnswer != null) {
      span.setAttribute(GenAi.RESPONSE_STREAMING, true);
    }
    if (run.recording().outputs()) {
      if (!parts.isEmpty()) {
        Output.content(span, List.copyOf(parts));
      } else if (!pieces.text(0).isEmpty()) {
        span.output(pieces.text(0));
      }
    }
    Ending.end(span, when);
  }
}
