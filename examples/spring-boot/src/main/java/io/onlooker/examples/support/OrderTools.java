package io.onlooker.examples.support;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** What the assistant can look up. */
final class OrderTools {

  @Tool(description = "Check order status by order ID")
  String checkOrder(@ToolParam(description = "such as ORD-12345") String orderId) {
    if (!orderId.startsWith("ORD-")) {
      throw new IllegalArgumentException("orderId: " + orderId + " (expected: ORD-…)");
    }
    return orderId + " was shipped yesterday.";
  }
}
