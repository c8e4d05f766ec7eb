package io.onlooker.springai;

import io.onlooker.session.StreamRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What an application makes of an answer on its own thread, a record say. The session of the answer
 * waits for it, for it fails when that fails.
 */
final class Conversion {

  private static final ThreadLocal<@Nullable Conversion> HERE = new ThreadLocal<>();

  private @Nullable StreamRecorder session;

  private Conversion() {}

  /** Asks and converts. */
  static @Nullable Object of(Body body) throws Throwable {
    Conversion before = HERE.get();
    Conversion conversion = new Conversion();
    HERE.set(conversion);
    try {
      Object converted = body.run();
      conversion.complete();
      return converted;
    } catch (Throwable e) {
      conversion.failed(e);
      throw e;
    } finally {
      set(before);
    }
  }

  /** The one that asks now, or null; agents that are asked meanwhile are not its own. */
  static @Nullable Conversion take() {
    Conversion here = HERE.get();
    HERE.remove();
    return here;
  }

  private static void set(@Nullable Conversion before) {
    if (before == null) {
      HERE.remove();
    } else {
      HERE.set(before);
    }
  }

  /** This session waits. */
  void holds(StreamRecorder waiting) {
    session = waiting;
  }

  private void complete() {
    if (session != null) {
      session.complete();
    }
  }

  private void failed(Throwable cause) {
    if (session != null) {
      session.failed(cause);
    }
  }

  /** What asks and converts. */
  interface Body {
    @Nullable Object run() throws Throwable;
  }
}
