package io.onlooker.langchain4j;

import dev.langchain4j.agentic.internal.InternalAgent;
import dev.langchain4j.agentic.observability.AgentListener;
import dev.langchain4j.agentic.observability.ComposedAgentListener;
import dev.langchain4j.agentic.planner.AgentInstance;
import org.jspecify.annotations.Nullable;

/** Which listeners an agent has from the workflows around it. */
final class InheritedListeners {

  private InheritedListeners() {}

  /** Whether one of them is the application's. */
  static boolean of(AgentInstance agent) {
    return agent instanceof InternalAgent known && application(known.listener());
  }

  private static boolean application(@Nullable AgentListener listener) {
    if (listener instanceof ComposedAgentListener several) {
      return several.listeners().stream().anyMatch(InheritedListeners::application);
    }
    return listener != null
        && !(listener instanceof OnlookerAgentListener)
        && listener.inheritedBySubagents();
  }
}
