package io.onlooker.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Keeps an answer open and lets its handler send events into it. */
final class EventService implements HttpService {

  private static final ResponseHeaders HEAD =
      ResponseHeaders.builder(HttpStatus.OK)
          .contentType(MediaType.EVENT_STREAM)
          .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
          .build();

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
    OpenAnswer answer = new OpenAnswer();
    HandlerService.THREADS.execute(() -> streams.run(() -> feed(ours, answer)));
    return answer.response();
  }

  private void feed(Request request, OpenAnswer answer) {
    try {
      handler.handle(request, new Stream(answer));
      answer.begin(HEAD);
    } catch (InterruptedException _) {
      answer.begin(HEAD);
    } catch (RuntimeException e) {
      answer.fail(e);
    }
    answer.end();
  }

  /** Opens with the first event, so that a handler can still refuse before it. */
  private record Stream(OpenAnswer answer) implements EventStream {

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
      answer.begin(HEAD);
      return answer.write(HttpData.ofUtf8(text));
    }
  }
}
