package io.onlooker.session;

import io.onlooker.Onlooker;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records an answer that comes in pieces: the session's output is all of them joined, so that what
 * is split between two pieces is redacted like what is not. Safe for many threads.
 *
 * <p>The first of {@link #complete}, {@link #failed} and {@link #cancelled} ends the session; later
 * calls do nothing. A recorder that nobody holds any more ends it as cancelled, {@code abandoned}.
 */
public final class StreamRecorder {

  private static final Cleaner CLEANER = Cleaner.create();

  private final SessionStream answer;
  private final Watch watch;

  StreamRecorder(Session session, Onlooker onlooker, Watch watch) {
    this.watch = watch;
    answer = new SessionStream(session, () -> watch.ended(onlooker));
    CLEANER.register(this, answer::abandon);
  }

  /** The session that the answer belongs to; the recorder closes it. */
  public Session session() {
    return answer.session();
  }

  /** A piece of the answer's text, in the order in which they come; null is none. */
  public void chunk(@Nullable CharSequence text) {
    if (text != null && text.length() > 0) {
      answer.add(text);
    }
  }

  /** The answer is complete: the pieces so far. */
  public void complete() {
    complete(null);
  }

  /** The answer is complete; null is the pieces so far. */
  public void complete(@Nullable Object whole) {
    try {
      answer.complete(whole);
    } finally {
      // Not collected, and so not abandoned, while it is being ended.
      Reference.reachabilityFence(this);
    }
  }

  /** The answer broke off; what came so far is kept. */
  public void failed(Throwable cause) {
    try {
      answer.fail(cause);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Nobody wants the rest; what came so far is kept. */
  public void cancelled(@Nullable String reason) {
    try {
      answer.cancel(reason);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Whether the session is over. */
  public boolean ended() {
    return answer.session().closed();
  }

  /**
   * The same stream, followed: complete when it has been read to its end, failed by its exception,
   * cancelled when it is closed before. What its source does when read belongs to the session; what
   * its reader does, does not.
   *
   * @param text the text of an element, or null
   */
  public <T> Stream<T> follow(
      Stream<T> stream, Function<? super T, ? extends @Nullable CharSequence> text) {
    return FollowedStream.of(this, stream, text);
  }

  /** An element of a stream has been read; whatever its text does, the reader gets it. */
  <T> void element(T element, Function<? super T, ? extends @Nullable CharSequence> text) {
    watch.quietly("stream", () -> chunk(text.apply(element)));
  }
}
