package io.onlooker.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Answers every request of openai-java at once with the same completion, plain or streamed. */
final class CannedModel implements HttpClient {

  private static final String HEAD =
      "{\"id\":\"c\",\"created\":1,\"model\":\"gpt-4o\",\"object\":\"chat.completion";
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":9,\"total_tokens\":29}}";

  private final byte[] whole =
      (HEAD
              + "\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"logprobs\":null,"
              + "\"message\":{\"role\":\"assistant\",\"content\":\"It is on its way.\"}}],"
              + USAGE)
          .getBytes(UTF_8);
  private final byte[] streamed;

  CannedModel(int chunks) {
    String chunk =
        "data: "
            + HEAD
            + ".chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},"
            + "\"finish_reason\":null}]}\n\n";
    String usage = "data: " + HEAD + ".chunk\",\"choices\":[]," + USAGE + "\n\n";
    streamed = (chunk.repeat(chunks) + usage + "data: [DONE]\n\n").getBytes(UTF_8);
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
