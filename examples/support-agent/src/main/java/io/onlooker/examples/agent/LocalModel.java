package io.onlooker.examples.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands in for the model, so that the example runs offline: it goes by a few words. */
final class LocalModel {

  private LocalModel() {}

  /** Starts it on a free port; gives its address. */
  static URI start() throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(free, 0);
    server.createContext("/", LocalModel::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/chat");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] question = exchange.getRequestBody().readAllBytes();
      JsonNode messages = JsonMapper.shared().readTree(question).path("messages");
      JsonNode last = messages.path(messages.size() - 1);
      String text = last.path("content").asString("");
      if (text.contains("poem")) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      byte[] body = JsonMapper.shared().writeValueAsBytes(completion(messages, last, question));
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, Object> completion(JsonNode messages, JsonNode last, byte[] question) {
    Map<String, Object> message = message(messages, last);
    int input = question.length / 4;
    int output = JsonMapper.shared().writeValueAsString(message).getBytes(UTF_8).length / 4;
    return Map.of(
        "id",
        "resp-" + UUID.randomUUID(),
        "model",
        CustomModel.NAME,
        "choices",
        List.of(Map.of("message", message)),
        "usage",
        Map.of(
            "prompt_tokens", input,
            "completion_tokens", output,
            "total_tokens", input + output));
  }

  private static Map<String, Object> message(JsonNode messages, JsonNode last) {
    String text = last.path("content").asString("");
    boolean billing = messages.path(0).path("content").asString("").contains("billing");
    if (last.path("role").asString("").equals("tool")) {
      return says("You may return it within 30 days; the refund takes 5 to 7 business days.");
    }
    if (text.contains("charged") && !billing) {
      return calls(SupportAgent.HAND_OFF, Map.of("reason", text));
    }
    if (text.contains("return") || text.contains("refund")) {
      return calls(SupportAgent.SEARCH, Map.of("query", text));
    }
    return says(billing ? "The second charge was reversed." : "Hello! How can I help?");
  }

  private static Map<String, Object> says(String text) {
    return Map.of("role", "assistant", "content", text);
  }

  private static Map<String, Object> calls(String tool, Map<String, String> arguments) {
    Map<String, String> function =
        Map.of("name", tool, "arguments", JsonMapper.shared().writeValueAsString(arguments));
    return Map.of(
        "role", "assistant",
        "content", "",
        "tool_calls", List.of(Map.of("id", "call-1", "type", "function", "function", function)));
  }
}
