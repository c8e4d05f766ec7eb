package io.onlooker.server;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.onlooker.test.ScriptedModelServer;

/** Seed 004's customer support, as an AI service of LangChain4j's. */
interface LangChain4jSupport {

  @SystemMessage("You are a friendly customer support agent.")
  String generate(@UserMessage String question);

  @SystemMessage("You are a friendly customer support agent.")
  String generate(@MemoryId String thread, @UserMessage String question);

  TokenStream stream(@MemoryId String thread, @UserMessage String question);

  /** The agent as it is without Onlooker. */
  static LangChain4jSupport asking(ScriptedModelServer model) {
    String address = model.uri().toString();
    return AiServices.builder(LangChain4jSupport.class)
        .chatModel(
            OpenAiChatModel.builder()
                .apiKey("key")
                .baseUrl(address)
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build())
        .streamingChatModel(
            OpenAiStreamingChatModel.builder()
                .apiKey("key")
                .baseUrl(address)
                .modelName("gpt-4o-mini")
                .build())
        .chatMemoryProvider(id -> MessageWindowChatMemory.builder().id(id).maxMessages(20).build())
        .tools(new Tools())
        .build();
  }

  /** What the agent may do. */
  final class Tools {

    @Tool("Look up a customer by name or email")
    String lookupUser(@P("query") String query) {
      return "found " + query;
    }

    @Tool("Check order status by order ID")
    String checkOrder(@P("orderId") String orderId) {
      if (orderId.startsWith("ORD")) {
        throw new IllegalStateException(orderId + ": the carrier does not answer");
      }
      return orderId;
    }
  }
}
