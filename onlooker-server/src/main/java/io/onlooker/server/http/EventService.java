package io.onlooker.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Keeps an answer open and lets its handler send events into it. */
final class EventService implements HttpService {

  private final EventHandler handler;
  private final OpenStreams streams;

  EventService(EventHandler handler, OpenStreams streams) {
    this.handler = handler;
    this.streams = streams;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    context.clearRequestTimeout();
    Request ours = Messages.request(context, request.headers(), new byte[0]);
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    HandlerService.THREADS.execute(() -> streams.run(() -> feed(ours, answer)));
    return HttpResponse.of(answer);
  }

  private void feed(Request request, CompletableFuture<HttpResponse> answer) {
    Stream stream = new Stream(answer);
    try {
      handler.handle(request, stream);
      stream.open();
    } catch (InterruptedException _) {
      stream.open();
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    stream.writer.close();
  }

  /** Opens with the first event, so that a handler can still refuse before it. */
  private static final class Stream implements EventStream {

    private final HttpResponseWriter writer = HttpResponse.streaming();
    private final CompletableFuture<HttpResponse> answer;

    Stream(CompletableFuture<HttpResponse> answer) {
      this.answer = answer;
    }

    @Override
    public boolean send(String event, String data) throws InterruptedException {
      return write(framed(event, data));
    }

    @Override
    public boolean send(String event, String data, String id) throws InterruptedException {
      return write("id: " + id + "\n" + framed(event, data));
    }

    @Override
    public boolean keepAlive() throws InterruptedException {
      return write(":\n\n");
    }

    private static String framed(String event, String data) {
      return "event: " + event + "\ndata: " + data.replace("\n", "\ndata: ") + "\n\n";
    }

    private boolean write(String text) throws InterruptedException {
      open();
      if (!writer.tryWrite(HttpData.ofUtf8(text))) {
        return false;
      }
      try {
        writer.whenConsumed().get();
        return writer.isOpen();
      } catch (ExecutionException _) {
        return false;
      }
    }

    void open() {
      if (answer.isDone()) {
        return;
      }
      writer.write(
          ResponseHeaders.builder(HttpStatus.OK)
              .contentType(MediaType.EVENT_STREAM)
              .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
              .build());
      answer.complete(writer);
    }
  }
}
