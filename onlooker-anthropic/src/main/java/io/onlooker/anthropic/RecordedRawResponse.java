package io.onlooker.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response before it is parsed: noted when the caller parses it, else when it is closed. */
final class RecordedRawResponse<T> implements HttpResponseFor<T> {

  private final HttpResponseFor<T> response;
  private final Answer answer;
  private @Nullable T parsed;

  RecordedRawResponse(HttpResponseFor<T> response, Answer answer) {
    this.response = response;
    this.answer = answer;
    answer.heldBy(this);
  }

  @Override
  public synchronized T parse() {
    T known = parsed;
    if (known == null) {
      known = noted(parsedOrFailed());
      parsed = known;
    }
    return known;
  }

  private T parsedOrFailed() {
    try {
      return response.parse();
    } catch (RuntimeException | Error e) {
      answer.failed(e);
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // what stands for a stream of pieces is one of the same pieces
  private T noted(T value) {
    if (value instanceof StreamResponse<?> stream) {
      return (T) new RecordedStream<>(stream, answer, this);
    }
    answer.whole(value);
    return value;
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
  public Optional<String> requestId() {
    return response.requestId();
  }

  @Override
  public InputStream body() {
    return response.body();
  }

  @Override
  public void close() {
    try {
      response.close();
    } finally {
      closed();
    }
  }

  private synchronized void closed() {
    if (parsed instanceof RecordedStream) {
      answer.closed();
    } else {
      answer.unread();
    }
  }
}
