package io.onlooker.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A response whose body is noted as it is read. */
final class NotedBody implements HttpResponse {

  private final HttpResponse response;
  private final Sink sink;
  private final InputStream body;

  NotedBody(HttpResponse response, Sink sink) {
    this.response = response;
    this.sink = sink;
    body = new Noting(response.body(), sink);
  }

  /** Is told what is read. Nothing of it may throw. */
  interface Sink {

    void read(byte[] bytes, int from, int length);

    void failed(Throwable failure);

    /** The body is at its end. */
    void ended();

    /** Nobody will read any more. */
    void closed();
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public Headers headers() {
    return response.headers();
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    try {
      response.close();
    } finally {
      sink.closed();
    }
  }

  private static final class Noting extends FilterInputStream {

    private final Sink sink;

    Noting(InputStream body, Sink sink) {
      super(body);
      this.sink = sink;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int read;
      try {
        read = super.read(to, from, length);
      } catch (IOException | RuntimeException e) {
        sink.failed(e);
        throw e;
      }
      if (read < 0) {
        sink.ended();
      } else {
        sink.read(to, from, read);
      }
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
