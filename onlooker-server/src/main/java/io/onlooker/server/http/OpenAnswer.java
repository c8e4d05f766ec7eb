package io.onlooker.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** An answer whose body is written while it is sent. For one thread. */
final class OpenAnswer {

  private final HttpResponseWriter writer = HttpResponse.streaming();
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();

  HttpResponse response() {
    return HttpResponse.of(answer);
  }

  /** Sends the head, once; until then the request can still be refused. */
  void begin(ResponseHeaders headers) {
    if (!answer.isDone()) {
      writer.write(headers);
      answer.complete(writer);
    }
  }

  /**
   * Blocks until the client has taken the data, so that a slow one never fills the memory.
   *
   * @return whether the client is still there
   */
  boolean write(HttpData data) throws InterruptedException {
    if (!writer.tryWrite(data)) {
      return false;
    }
    try {
      writer.whenConsumed().get();
      return writer.isOpen();
    } catch (ExecutionException _) {
      return false;
    }
  }

  void end() {
    writer.close();
  }

  /** Refuses the request, or breaks off an answer that has begun: a client must see that. */
  void fail(Throwable cause) {
    if (!answer.completeExceptionally(cause)) {
      writer.close(cause);
    }
  }
}
