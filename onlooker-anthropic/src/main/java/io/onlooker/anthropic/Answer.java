package io.onlooker.anthropic;

import com.anthropic.errors.AnthropicServiceException;
import io.onlooker.ErrorInfo;
import io.onlooker.Span;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.PieceListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What comes back from one call, in pieces or whole: notes it on the call's span, which ends with
 * it. Safe for many threads; nothing here throws.
 */
final class Answer implements PieceListener {

  private static final String HTTP_STATUS = "http.response.status_code";

  private final ModelCall call;
  private final @Nullable ToolRun toolRun;
  private final Fold fold = new Fold();

  Answer(ModelCall call, @Nullable ToolRun toolRun) {
    this.call = call;
    this.toolRun = toolRun;
  }

  /** The answer as a whole. */
  void whole(@Nullable Object answer) {
    Reply reply = Reply.of(answer);
    asked(() -> reply == null ? List.of() : Trees.maps(reply.content()));
    call.end(span -> {
      if (reply != null) {
        reply.write(span, call.recording());
      }
    });
  }

  @Override
  public void failed(Throwable failure) {
    call.fail(
        failure,
        span -> {
          status(span, failure);
          written(span);
        });
  }

  @Override
  public boolean piece(Object piece) {
    call.record(span -> {
      synchronized (fold) {
        if (fold.add(piece, toolRun != null || call.recording().outputs())) {
          call.firstContent();
        }
      }
    });
    return true;
  }

  @Override
  public void complete() {
    asked(this::said);
    call.end(this::written);
  }

  /** The caller wants no more pieces. */
  void closed() {
    boolean whole;
    synchronized (fold) {
      whole = fold.stopped();
    }
    if (whole) {
      complete();
    } else if (!call.ended()) {
      call.closedEarly(this::written);
    }
  }

  /** The caller has what it wants, and what that was is not known. */
  void unread() {
    call.end();
  }

  /** When nobody can reach the holder any more, nobody will read the rest. */
  void heldBy(Object holder) {
    call.endWhenUnreachable(holder);
  }

  /** The request is sent once more. */
  void resent() {
    call.resent();
  }

  /** The server answered with an error, of which there is no exception here. */
  void refused(int status, String body) {
    call.end(span -> {
      span.setAttribute(HTTP_STATUS, (long) status);
      String message = status + ": " + body;
      span.error(new ErrorInfo(String.valueOf(status), message, null, null, null, List.of()));
    });
  }

  /** Tells the tool runner, if one asked, which tools the model asks for. */
  private void asked(Supplier<List<Map<String, Object>>> blocks) {
    if (toolRun != null && !call.ended()) {
      call.record(span -> toolRun.asked(blocks.get()));
    }
  }

  private List<Map<String, Object>> said() {
    synchronized (fold) {
      return fold.blocks();
    }
  }

  private void written(Span span) {
    synchronized (fold) {
      fold.write(span, call.recording());
    }
  }

  private static void status(Span span, Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable told = failure instanceof CompletionException && cause != null ? cause : failure;
    if (told instanceof AnthropicServiceException refused) {
      span.setAttribute(HTTP_STATUS, (long) refused.statusCode());
    }
  }
}
