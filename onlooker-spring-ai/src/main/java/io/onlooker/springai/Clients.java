package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import io.onlooker.session.AgentCall;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.observation.ChatClientObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;

/** Calls of chat clients: runs of agents. */
final class Clients implements Kind<ChatClientObservationContext> {

  /** What an agent is called that nobody gave a name. */
  static final String NAME = "chat-client";

  static final Clients KIND = new Clients();

  private Clients() {}

  @Override
  public @Nullable SpanOptions start(ChatClientObservationContext context, Recording recording) {
    if (context.getAdvisors().stream().anyMatch(SessionAdvisor.class::isInstance)) {
      // Its session is the run.
      return null;
    }
    AgentCall call = Question.of(context.getRequest());
    context.put(AgentCall.class, call);
    SpanOptions options = SpanOptions.agentRun(NAME).attribute(GenAi.USER_ID, call.userId());
    call.metadata().forEach(options::metadata);
    if (recording.inputs()) {
      String instructions = Question.instructions(context.getRequest());
      options.input(call.input()).with(Details.Agent.of(instructions));
    }
    return context.isStream() ? options.endWhenIdle() : options;
  }

  @Override
  public @Nullable String conversation(ChatClientObservationContext context) {
    AgentCall call = context.get(AgentCall.class);
    return call == null ? null : call.conversationId();
  }

  /** What a client's request asks for, its tools too. */
  static @Nullable ChatOptions options(Observation.ContextView context) {
    return context instanceof ChatClientObservationContext client
        ? client.getRequest().prompt().getOptions()
        : null;
  }

  @Override
  public void end(ChatClientObservationContext context, Span span, Recording recording) {
    var response = context.getResponse();
    if (recording.outputs() && response != null) {
      span.output(Output.answer(response.chatResponse()));
    }
  }

  @Override
  public boolean complete(ChatClientObservationContext context) {
    return !context.isStream() || context.getResponse() != null;
  }
}
