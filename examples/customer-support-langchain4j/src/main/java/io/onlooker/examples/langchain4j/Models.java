package io.onlooker.examples.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import org.jspecify.annotations.Nullable;

/** OpenAI's model, or without {@code OPENAI_API_KEY} one that says what it was told to. */
final class Models implements AutoCloseable {

  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String MODEL = "gpt-4o-mini";

  private final @Nullable String key = System.getenv("OPENAI_API_KEY");
  private final @Nullable ScriptedModelServer script = key == null ? script() : null;

  ChatModel chat() {
    return OpenAiChatModel.builder().baseUrl(address()).apiKey(key()).modelName(MODEL).build();
  }

  StreamingChatModel streaming() {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(address())
        .apiKey(key())
        .modelName(MODEL)
        .build();
  }

  @Override
  public void close() {
    if (script != null) {
      script.close();
    }
  }

  private String address() {
    return script == null ? OPENAI : script.uri().toString();
  }

  private String key() {
    return key == null ? "none" : key;
  }

  private static ScriptedModelServer script() {
    return ScriptedModelServer.start()
        .reply(
            Reply.toolCall("lookup-user", "{\"query\": \"alice@example.com\"}").tokens(210, 18),
            Reply.text("Hello Alice, I found your account.").tokens(260, 12),
            Reply.toolCall("check-order", "{\"orderId\": \"ORD-12345\"}").tokens(300, 16),
            Reply.text("ORD-12345 was shipped yesterday.").tokens(340, 14),
            Reply.text("One order, ORD-12345, shipped yesterday.").tokens(380, 15));
  }
}
