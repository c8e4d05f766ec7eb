package io.onlooker.examples.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;

/** What the agent can look up. */
final class SupportTools {

  @Tool(name = "lookup-user", value = "Look up a customer by name or email")
  String lookupUser(@P("name or email") String query) {
    return "Alice, customer since 2024, found by " + query;
  }

  @Tool(name = "check-order", value = "Check order status by order ID")
  String checkOrder(@P("such as ORD-12345") String orderId) {
    if (!orderId.startsWith("ORD-")) {
      throw new IllegalArgumentException("orderId: " + orderId + " (expected: ORD-…)");
    }
    return orderId + " was shipped yesterday.";
  }
}
