package io.onlooker.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.onlooker.test.ScriptedModelServer;

/** LangChain4j's models before a scripted server. */
final class Models {

  private Models() {}

  static ChatModel chat(ScriptedModelServer server) {
    return OpenAiChatModel.builder()
        .apiKey("key")
        .baseUrl(server.uri().toString())
        .modelName("gpt-4o-mini")
        .temperature(0.2)
        .maxRetries(0)
        .build();
  }

  static StreamingChatModel streaming(ScriptedModelServer server) {
    return OpenAiStreamingChatModel.builder()
        .apiKey("key")
        .baseUrl(server.uri().toString())
        .modelName("gpt-4o-mini")
        .build();
  }
}
