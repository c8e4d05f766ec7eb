package io.onlooker.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.onlooker.test.ScriptedModelServer;
import java.net.URI;
import java.util.stream.Collectors;

/** Clients of a scripted server, and what tests ask them. */
final class Clients {

  private Clients() {}

  static AnthropicClient open(ScriptedModelServer server) {
    return open(server.origin());
  }

  static AnthropicClient open(URI server) {
    return builder(server).build();
  }

  static AnthropicOkHttpClient.Builder builder(URI server) {
    return AnthropicOkHttpClient.builder().apiKey("key").baseUrl(server.toString());
  }

  static MessageCreateParams ask(String question) {
    return MessageCreateParams.builder()
        .model("gpt-4o")
        .maxTokens(64)
        .addUserMessage(question)
        .build();
  }

  static com.anthropic.models.beta.messages.MessageCreateParams askBeta(String question) {
    return com.anthropic.models.beta.messages.MessageCreateParams.builder()
        .model("gpt-4o")
        .maxTokens(64)
        .addUserMessage(question)
        .build();
  }

  static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  static String text(BetaMessage message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  static String text(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .map(text -> text.text())
        .orElse("");
  }

  static String text(BetaRawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .map(text -> text.text())
        .orElse("");
  }
}
