package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * Tools of MCP servers. What is observed of a tool does not say it: the tools of the client's
 * request do, by their class, whose module need not be there. The server's name is not told.
 */
final class McpTools {

  private static final Set<String> CALLBACKS =
      Set.of(
          "org.springframework.ai.mcp.SyncMcpToolCallback",
          "org.springframework.ai.mcp.AsyncMcpToolCallback");

  private McpTools() {}

  /** Whether the tool that is observed is one of them. */
  static boolean has(Observation.Context tool, String name) {
    Observation.ContextView context = above(tool);
    while (context != null) {
      if (Kinds.client(context)) {
        return Clients.options(context) instanceof ToolCallingChatOptions options
            && has(options, name);
      }
      ObservationView parent = context.getParentObservation();
      context = parent == null ? null : parent.getContextView();
    }
    return false;
  }

  /** Some versions do not tell what a tool is below. */
  private static Observation.@Nullable ContextView above(Observation.Context tool) {
    ObservationView parent = tool.getParentObservation();
    return parent == null ? Scopes.innermost() : parent.getContextView();
  }

  private static boolean has(ToolCallingChatOptions options, String name) {
    return options.getToolCallbacks() != null
        && options.getToolCallbacks().stream().anyMatch(tool -> is(tool, name));
  }

  private static boolean is(ToolCallback tool, String name) {
    return CALLBACKS.contains(tool.getClass().getName())
        && tool.getToolDefinition().name().equals(name);
  }
}
