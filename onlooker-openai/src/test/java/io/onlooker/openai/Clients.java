package io.onlooker.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.net.URI;

/** Clients of a scripted server, and what tests ask them. */
final class Clients {

  private Clients() {}

  /** One for all: each new client learns anew how to read JSON, which takes a while. */
  private static final OpenAIClient FIRST =
      OpenAIOkHttpClient.builder().apiKey("key").baseUrl("http://127.0.0.1:1").build();

  /** A client that is not to be closed. */
  static OpenAIClient shared(URI server) {
    return FIRST.withOptions(options -> options.baseUrl(server.toString()));
  }

  static OpenAIClient open(URI server) {
    return OpenAIOkHttpClient.builder().apiKey("key").baseUrl(server.toString()).build();
  }

  static ChatCompletionCreateParams chat(String question) {
    return ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage(question).build();
  }

  /** A chat whose stream tells its usage. */
  static ChatCompletionCreateParams streamedChat(String question) {
    return chat(question).toBuilder()
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  static ResponseCreateParams response(String question) {
    return ResponseCreateParams.builder().model("gpt-4o").input(question).build();
  }

  static String text(ChatCompletion completion) {
    return completion.choices().get(0).message().content().orElse("");
  }

  static String text(ChatCompletionChunk chunk) {
    return chunk.choices().isEmpty() ? "" : chunk.choices().get(0).delta().content().orElse("");
  }

  static String text(Response response) {
    StringBuilder text = new StringBuilder();
    response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .forEach(part -> text.append(part.asOutputText().text()));
    return text.toString();
  }

  static String text(ResponseStreamEvent event) {
    return event.isOutputTextDelta() ? event.asOutputTextDelta().delta() : "";
  }
}
