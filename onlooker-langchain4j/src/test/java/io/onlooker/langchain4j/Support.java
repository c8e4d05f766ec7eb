package io.onlooker.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;

/** Seed 004's customer support, as an AI service. */
interface Support {

  @SystemMessage("You are a friendly customer support agent.")
  String generate(@UserMessage String question);

  @SystemMessage("You are a friendly customer support agent.")
  String generate(@MemoryId String thread, @UserMessage String question);

  TokenStream stream(@MemoryId String thread, @UserMessage String question);

  /** What the agent may do. */
  class Tools {

    @Tool("Look up a customer by name or email")
    String lookupUser(@P("query") String query) {
      return "USR-123 " + query;
    }

    @Tool("Check order status by order ID")
    String checkOrder(@P("orderId") String orderId) {
      if (orderId.isEmpty()) {
        throw new IllegalArgumentException("orderId: empty (expected: ORD-…)");
      }
      return orderId + " is on its way";
    }
  }
}
