package io.onlooker.openai;

import com.openai.errors.OpenAIServiceException;
import io.onlooker.Span;
import io.onlooker.Usage;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.PieceListener;
import io.onlooker.instrument.Recording;
import java.util.concurrent.CompletionException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What comes back from one call, in pieces or whole: notes it on the call's span, which ends with
 * it. Safe for many threads; nothing here throws.
 */
final class Answer implements PieceListener {

  /** True when the usage is a guess of the application's token counter. */
  static final String USAGE_ESTIMATED = "gen_ai.usage.estimated";

  private static final String HTTP_STATUS = "http.response.status_code";

  private final Api api;
  private final ModelCall call;
  private final Object[] args;
  private final Fold fold;
  private final boolean hidesUsage;
  private final boolean keepsText;
  private final @Nullable ToLongFunction<String> tokenCounter;
  private volatile boolean begun;

  /**
   * @param args what the service was called with
   * @param hidesUsage whether the usage that a stream ends with was not asked for by the caller
   */
  Answer(Api api, ModelCall call, Settings settings, Object[] args, boolean hidesUsage) {
    this.api = api;
    this.call = call;
    this.args = args;
    this.hidesUsage = hidesUsage;
    fold = api.fold();
    tokenCounter = settings.tokenCounter();
    keepsText = call.recording().outputs() || tokenCounter != null;
  }

  /** The answer as a whole. */
  void whole(@Nullable Object answer) {
    call.end(span -> {
      if (answer != null) {
        api.answer(answer, span, call.recording());
      }
    });
  }

  @Override
  public void failed(Throwable failure) {
    call.fail(
        failure,
        span -> {
          status(span, failure);
          if (begun) {
            written(span);
          }
        });
  }

  /** Notes a piece; false when the caller is not to see it. */
  @Override
  public boolean piece(Object piece) {
    begun = true;
    boolean[] hidden = new boolean[1];
    call.record(span -> {
      synchronized (fold) {
        if (fold.add(piece, keepsText)) {
          call.firstContent();
        }
        hidden[0] = hidesUsage && fold.onlyUsage(piece);
      }
    });
    return !hidden[0];
  }

  @Override
  public void complete() {
    call.end(this::written);
  }

  /** The caller wants no more pieces. */
  void closed() {
    if (!call.ended()) {
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

  private void written(Span span) {
    synchronized (fold) {
      Recording recording = call.recording();
      fold.write(span, recording);
      String said = tokenCounter == null ? null : fold.estimable();
      if (tokenCounter != null && said != null) {
        long input = tokenCounter.applyAsLong(api.inputText(args));
        span.set(Usage.of(input, tokenCounter.applyAsLong(said)));
        span.setAttribute(USAGE_ESTIMATED, true);
      }
    }
  }

  private static void status(Span span, Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable told = failure instanceof CompletionException && cause != null ? cause : failure;
    if (told instanceof OpenAIServiceException refused) {
      span.setAttribute(HTTP_STATUS, (long) refused.statusCode());
    }
  }
}
