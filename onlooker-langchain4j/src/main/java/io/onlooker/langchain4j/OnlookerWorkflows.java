package io.onlooker.langchain4j;

import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.planner.AgenticService;
import dev.langchain4j.agentic.workflow.ConditionalAgentService;
import dev.langchain4j.agentic.workflow.LoopAgentService;
import dev.langchain4j.agentic.workflow.ParallelAgentService;
import dev.langchain4j.agentic.workflow.ParallelMapperService;
import dev.langchain4j.agentic.workflow.SequentialAgentService;
import dev.langchain4j.agentic.workflow.WorkflowAgentsBuilder;
import dev.langchain4j.agentic.workflow.impl.WorkflowAgentsBuilderImpl;
import java.util.ServiceLoader;

/**
 * Has every workflow that {@code AgenticServices} builds recorded, without a line of code:
 * LangChain4j finds it as a service provider and takes the first one it finds. The builders are
 * those of the next provider, or LangChain4j's own, with an {@link OnlookerAgentListener}.
 */
public final class OnlookerWorkflows implements WorkflowAgentsBuilder {

  private final WorkflowAgentsBuilder builders;

  /** For {@link ServiceLoader}. */
  public OnlookerWorkflows() {
    builders =
        ServiceLoader.load(WorkflowAgentsBuilder.class).stream()
            .filter(provider -> provider.type() != OnlookerWorkflows.class)
            .findFirst()
            .map(ServiceLoader.Provider::get)
            .orElse(WorkflowAgentsBuilderImpl.INSTANCE);
  }

  private static <S extends AgenticService<?, ?>> S recorded(Class<? super S> type, S service) {
    service.listener(OnlookerAgentListener.EVERYWHERE);
    return RecordedWorkflow.builder(type, service);
  }

  @Override
  public SequentialAgentService<UntypedAgent> sequenceBuilder() {
    return recorded(SequentialAgentService.class, builders.sequenceBuilder());
  }

  @Override
  public <T> SequentialAgentService<T> sequenceBuilder(Class<T> agentServiceClass) {
    return recorded(SequentialAgentService.class, builders.sequenceBuilder(agentServiceClass));
  }

  @Override
  public ParallelAgentService<UntypedAgent> parallelBuilder() {
    return recorded(ParallelAgentService.class, builders.parallelBuilder());
  }

  @Override
  public <T> ParallelAgentService<T> parallelBuilder(Class<T> agentServiceClass) {
    return recorded(ParallelAgentService.class, builders.parallelBuilder(agentServiceClass));
  }

  @Override
  public LoopAgentService<UntypedAgent> loopBuilder() {
    return recorded(LoopAgentService.class, builders.loopBuilder());
  }

  @Override
  public <T> LoopAgentService<T> loopBuilder(Class<T> agentServiceClass) {
    return recorded(LoopAgentService.class, builders.loopBuilder(agentServiceClass));
  }

  @Override
  public ConditionalAgentService<UntypedAgent> conditionalBuilder() {
    return recorded(ConditionalAgentService.class, builders.conditionalBuilder());
  }

  @Override
  public <T> ConditionalAgentService<T> conditionalBuilder(Class<T> agentServiceClass) {
    return recorded(ConditionalAgentService.class, builders.conditionalBuilder(agentServiceClass));
  }

  @Override
  public ParallelMapperService<UntypedAgent> parallelMapperBuilder() {
    return recorded(ParallelMapperService.class, builders.parallelMapperBuilder());
  }

  @Override
  public <T> ParallelMapperService<T> parallelMapperBuilder(Class<T> agentServiceClass) {
    return recorded(ParallelMapperService.class, builders.parallelMapperBuilder(agentServiceClass));
  }
}
