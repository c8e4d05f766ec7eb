package io.onlooker;

import org.jspecify.annotations.Nullable;

/** Keeps for each thread where it stands. Two exist: the thread's own, and OpenTelemetry's. */
interface Carrier {

  /** Where the thread stands, or null when nothing was attached. */
  @Nullable Current current();

  /** Moves the thread there until the result is closed, on the same thread. */
  Attached attach(Current current);

  /** The span of another tracer that the thread is in, or null. */
  default @Nullable Remote foreign() {
    return null;
  }

  /** Moves the thread back. */
  interface Attached extends AutoCloseable {

    /** The thread was not moved. */
    Attached NOT = () -> {};

    @Override
    void close();
  }
}
