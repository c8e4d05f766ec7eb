package io.onlooker.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceErrorEvent;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.event.AiServiceRequestIssuedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.InputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.event.OutputGuardrailExecutedEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.service.AiServiceContext;
import io.onlooker.Onlooker;
import java.util.function.Consumer;

/** What is put into each AI service while it is built; it sleeps while nothing is recorded. */
final class ServiceHooks {

  private final AiServiceContext context;

  private ServiceHooks(AiServiceContext context) {
    this.context = context;
  }

  static AiServiceContext install(AiServiceContext context) {
    return LangChain4jVersion.supported() ? installed(context) : context;
  }

  private static AiServiceContext installed(AiServiceContext context) {
    ServiceHooks hooks = new ServiceHooks(context);
    hooks.on(AiServiceStartedEvent.class, hooks::started);
    hooks.on(AiServiceRequestIssuedEvent.class, ServiceHooks::issued);
    hooks.on(InputGuardrailExecutedEvent.class, Guardrails::input);
    hooks.on(OutputGuardrailExecutedEvent.class, Guardrails::output);
    hooks.on(AiServiceCompletedEvent.class, ServiceHooks::completed);
    hooks.on(AiServiceErrorEvent.class, ServiceHooks::failed);
    return context;
  }

  private <E extends AiServiceEvent> void on(Class<E> type, Consumer<E> work) {
    context.eventListenerRegistrar.register(new Listener<>(type, work));
  }

  private void started(AiServiceStartedEvent event) {
    InvocationContext invocation = event.invocationContext();
    Run run = Starts.run(event);
    if (run == null) {
      return;
    }
    Runs.open(invocation, run);
    if (context.chatModel != null) {
      context.chatModel = RecordedModel.of(context.chatModel);
    }
    if (context.streamingChatModel != null) {
      context.streamingChatModel = RecordedStreamingModel.of(context.streamingChatModel);
    }
    if (context.retrievalAugmentor != null) {
      context.retrievalAugmentor = RecordedAugmentor.of(context.retrievalAugmentor);
    }
  }

  private static void issued(AiServiceRequestIssuedEvent event) {
    Runs.issued(event.invocationContext(), event.request());
  }

  private static void completed(AiServiceCompletedEvent event) {
    Object answer = Answers.of(event.result().orElse(null));
    Runs.end(event.invocationContext(), ending -> ending.complete(answer));
  }

  private static void failed(AiServiceErrorEvent event) {
    Runs.end(event.invocationContext(), ending -> ending.failed(event.error()));
  }

  /** Throws nothing, for an application may have its listeners' exceptions fail the call. */
  private record Listener<E extends AiServiceEvent>(Class<E> type, Consumer<E> work)
      implements AiServiceListener<E> {

    @Override
    public Class<E> getEventClass() {
      return type;
    }

    @Override
    public void onEvent(E event) {
      Onlooker.current().guarded(type.getSimpleName(), () -> work.accept(event));
    }
  }
}
