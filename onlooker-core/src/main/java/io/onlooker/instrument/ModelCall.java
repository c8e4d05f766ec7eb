package io.onlooker.instrument;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import java.lang.ref.Cleaner;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model while an instrumented client makes it: one span, whatever the number of
 * attempts, that ends once: by {@link #end}, {@link #fail}, {@link #closedEarly} or {@link
 * #abandon}, whichever comes first.
 *
 * <p>Safe for many threads. No method throws, whatever the facts to record do: a client that is
 * instrumented behaves as one that is not.
 */
public final class ModelCall {

  /** How often a request was sent again; OpenTelemetry's name. Absent: the first attempt held. */
  public static final String RESEND_COUNT = "http.request.resend_count";

  /** True when the caller closed the answer before its end: content and usage are partial. */
  public static final String CLOSED_EARLY = "onlooker.closed_early";

  private static final Cleaner CLEANER = Cleaner.create();

  private final Onlooker onlooker;
  private final Recording recording;
  private final Span span;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger resent = new AtomicInteger();

  private ModelCall(Onlooker onlooker, Recording recording, Span span) {
    this.onlooker = onlooker;
    this.recording = recording;
    this.span = span;
  }

  /**
   * Starts a call below the thread's current span.
   *
   * @param options made only when something is to be recorded; null records nothing
   * @return null when nothing is to be recorded: Onlooker is closed, the trace is not sampled, or
   *     the current span is a generation already, which then is this call's
   */
  public static @Nullable ModelCall start(
      Onlooker onlooker, Recording recording, Supplier<@Nullable SpanOptions> options) {
    ModelCall[] started = new ModelCall[1];
    if (onlooker.enabled() && !within(onlooker.currentSpan())) {
      onlooker.guarded(
          "start of a model call",
          () -> {
            SpanOptions all = options.get();
            Span span = all == null ? null : onlooker.startInactiveSpan(all);
            if (span != null && span.recording()) {
              started[0] = new ModelCall(onlooker, recording, span);
            }
          });
    }
    return started[0];
  }

  private static boolean within(Span current) {
    return current.recording() && current.type() == SpanType.MODEL_GENERATION;
  }

  public Recording recording() {
    return recording;
  }

  /** Says more about the call. */
  public void record(Consumer<Span> facts) {
    onlooker.guarded("recording of a model call", () -> facts.accept(span));
  }

  /** Runs what makes the call; an instrumented client within it records no second span. */
  public <T extends @Nullable Object, X extends Throwable> T within(Onlooker.Body<T, X> body)
      throws X {
    return onlooker.withSpan(span, any -> body.run());
  }

  /** The first piece of content is here; later ones count nothing. */
  public void firstContent() {
    span.firstChunk();
  }

  /** The request is sent once more. */
  public void resent() {
    span.setAttribute(RESEND_COUNT, (long) resent.incrementAndGet());
  }

  /** Whether the span has ended. */
  public boolean ended() {
    return ended.get();
  }

  /** The answer is complete. */
  public void end() {
    end(span -> {});
  }

  /** The answer is complete, and this is what it says. */
  public void end(Consumer<Span> facts) {
    if (ended.compareAndSet(false, true)) {
      record(facts);
      span.end();
    }
  }

  /** The call failed, or was cancelled, with what the caller gets. */
  public void fail(Throwable failure, Consumer<Span> facts) {
    Throwable cause = cause(failure);
    end(span -> {
      if (cause instanceof CancellationException) {
        span.setStatus(SpanStatus.CANCELLED);
      } else {
        span.recordException(cause);
      }
      facts.accept(span);
    });
  }

  public void fail(Throwable failure) {
    fail(failure, span -> {});
  }

  /** The caller wanted no more of the answer. */
  public void closedEarly(Consumer<Span> facts) {
    end(span -> {
      span.setAttribute(CLOSED_EARLY, true);
      facts.accept(span);
    });
  }

  /** Ends the call as cancelled when nobody can reach the holder of its answer any more. */
  public void endWhenUnreachable(Object holder) {
    CLEANER.register(holder, this::abandon);
  }

  /** Nobody will end the call. */
  public void abandon() {
    end(span -> span.setStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "abandoned")));
  }

  private static Throwable cause(Throwable failure) {
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable cause = failure.getCause();
    return wrapped && cause != null ? cause(cause) : failure;
  }
}
