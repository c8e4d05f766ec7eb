package io.onlooker.instrument;

/** A thread's being in a span, until it is closed on that thread. Closing twice is harmless. */
@FunctionalInterface
public interface Presence extends AutoCloseable {

  /** The thread was not moved. */
  Presence NONE = () -> {};

  @Override
  void close();
}
