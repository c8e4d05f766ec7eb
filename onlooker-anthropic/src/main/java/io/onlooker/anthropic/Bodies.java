package io.onlooker.anthropic;

import com.anthropic.core.http.HttpResponse;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import io.onlooker.instrument.EventStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the bodies of responses say about a call. */
final class Bodies {

  private Bodies() {}

  /** The response, its body noted. */
  static HttpResponse noted(HttpResponse response, Answer answer) {
    HttpResponse noted = new NotedBody(response, sink(response, answer));
    answer.heldBy(noted);
    return noted;
  }

  private static NotedBody.Sink sink(HttpResponse response, Answer answer) {
    if (response.statusCode() >= 400) {
      return new Refused(response.statusCode(), answer);
    }
    String type = String.join(",", response.headers().values("Content-Type"));
    return type.startsWith("text/event-stream") ? new Events(answer) : new Whole(answer);
  }

  private static final class Events implements NotedBody.Sink {

    private final Answer answer;
    private final EventStream events;

    Events(Answer answer) {
      this.answer = answer;
      events = new EventStream(this::event);
    }

    private void event(String json) {
      BetaRawMessageStreamEvent event = Trees.read(json, BetaRawMessageStreamEvent.class);
      if (event != null) {
        answer.piece(event);
      }
    }

    @Override
    public void read(byte[] bytes, int from, int length) {
      events.add(bytes, from, length);
    }

    @Override
    public void failed(Throwable failure) {
      answer.failed(failure);
    }

    @Override
    public void ended() {
      answer.complete();
    }

    @Override
    public void closed() {
      answer.closed();
    }
  }

  private static final class Whole implements NotedBody.Sink {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Answer answer;

    Whole(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void read(byte[] bytes, int from, int length) {
      body.write(bytes, from, length);
    }

    @Override
    public void failed(Throwable failure) {
      answer.failed(failure);
    }

    @Override
    public void ended() {
      closed();
    }

    /** A reader of JSON need not see the end of the stream. */
    @Override
    public void closed() {
      @Nullable BetaMessage message =
          Trees.read(body.toString(StandardCharsets.UTF_8), BetaMessage.class);
      answer.whole(message);
    }
  }

  /** An error that is sent again is closed without having been read. */
  private static final class Refused implements NotedBody.Sink {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final int status;
    private final Answer answer;

    Refused(int status, Answer answer) {
      this.status = status;
      this.answer = answer;
    }

    @Override
    public void read(byte[] bytes, int from, int length) {
      body.write(bytes, from, length);
    }

    @Override
    public void failed(Throwable failure) {
      ended();
    }

    @Override
    public void ended() {
      answer.refused(status, body.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void closed() {
      if (body.size() > 0) {
        ended();
      }
    }
  }
}
