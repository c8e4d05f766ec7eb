package io.onlooker.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Answers every request of anthropic-java at once with the same message, plain or streamed. */
final class CannedMessages implements HttpClient {

  private static final String HEAD =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
          + "\"model\":\"claude-sonnet-4-5\",\"stop_sequence\":null,"
          + "\"usage\":{\"input_tokens\":20,\"output_tokens\":9},";

  private final byte[] whole =
      (HEAD
              + "\"stop_reason\":\"end_turn\","
              + "\"content\":[{\"type\":\"text\",\"text\":\"It is on its way.\"}]}")
          .getBytes(UTF_8);
  private final byte[] streamed;

  CannedMessages(int chunks) {
    String message = "\"message\":" + HEAD + "\"stop_reason\":null,\"content\":[]}";
    String block = "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}";
    String delta = "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"word \"}";
    String end =
        "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
            + "\"usage\":{\"output_tokens\":9}";
    String events =
        event("message_start", message)
            + event("content_block_start", block)
            + event("content_block_delta", delta).repeat(chunks)
            + event("content_block_stop", "\"index\":0")
            + event("message_delta", end)
            + event("message_stop", "\"last\":true");
    streamed = events.getBytes(UTF_8);
  }

  private static String event(String type, String fields) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    boolean stream = request.headers().values("Accept").contains("text/event-stream");
    return new Canned(stream ? streamed : whole);
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    return CompletableFuture.completedFuture(execute(request, options));
  }

  @Override
  public void close() {}

  private record Canned(byte[] bytes) implements HttpResponse {

    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public Headers headers() {
      return Headers.builder().build();
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public void close() {}
  }
}
