package io.onlooker.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Sends a file while its handler writes it. */
final class DownloadService implements HttpService {

  private static final int CHUNK = 64 * 1024;

  private final DownloadHandler handler;
  private final OpenStreams streams;

  DownloadService(DownloadHandler handler, OpenStreams streams) {
    this.handler = handler;
    this.streams = streams;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    context.clearRequestTimeout();
    Request ours = Messages.request(context, request.headers(), new byte[0]);
    OpenAnswer answer = new OpenAnswer();
    HandlerService.THREADS.execute(() -> streams.run(() -> send(ours, answer)));
    return answer.response();
  }

  private void send(Request request, OpenAnswer answer) {
    File file = new File(answer);
    try {
      handler.handle(request, file);
      if (file.body != null) {
        file.body.flush();
      }
      answer.end();
    } catch (IOException | RuntimeException e) {
      answer.fail(e);
    }
  }

  private static final class File implements Download {

    private final OpenAnswer answer;
    private @Nullable OutputStream body;

    File(OpenAnswer answer) {
      this.answer = answer;
    }

    @Override
    public OutputStream begin(String contentType, String fileName) {
      answer.begin(
          ResponseHeaders.builder(HttpStatus.OK)
              .add(HttpHeaderNames.CONTENT_TYPE, contentType)
              .add(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + fileName)
              .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
              .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
              .build());
      body = new BufferedOutputStream(new Body(answer), CHUNK);
      return body;
    }
  }

  private static final class Body extends OutputStream {

    private final OpenAnswer answer;

    Body(OpenAnswer answer) {
      this.answer = answer;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        if (!answer.write(HttpData.copyOf(bytes, from, length))) {
          throw new IOException("download: the client has gone");
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("download: the server stops");
      }
    }
  }
}
