package io.onlooker.server;

import io.micrometer.observation.ObservationRegistry;
import io.onlooker.test.ScriptedModelServer;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;

/**
 * Seed 004's customer support, as a chat client of Spring AI's.
 *
 * @param registry where the client, its model and its tools are observed
 */
record SpringAiSupport(ScriptedModelServer model, ObservationRegistry registry) {

  ChatClient.Builder client() {
    OpenAiChatModel chat =
        OpenAiChatModel.builder()
            .options(
                OpenAiChatOptions.builder()
                    .apiKey("key")
                    .baseUrl(model.uri().toString())
                    .model("gpt-4o-mini")
                    .maxRetries(0)
                    .streamUsage(true)
                    .build())
            .observationRegistry(registry)
            .build();
    ToolCallingManager tools = ToolCallingManager.builder().observationRegistry(registry).build();
    return ChatClient.builder(
            chat, registry, null, null, ToolCallingAdvisor.builder().toolCallingManager(tools))
        .defaultSystem("You are a friendly customer support agent.")
        .defaultTools(new Tools());
  }

  ChatClient.Builder clientWithMemory() {
    return client()
        .defaultAdvisors(
            MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build());
  }

  /** What the agent may do. */
  static final class Tools {

    @Tool(description = "Look up a customer by name or email")
    String lookupUser(String query) {
      return "found " + query;
    }

    @Tool(description = "Check order status by order ID")
    String checkOrder(String orderId) {
      if (orderId.startsWith("ORD")) {
        throw new IllegalStateException(orderId + ": the carrier does not answer");
      }
      return orderId;
    }
  }
}
