package io.onlooker.openai;

import io.onlooker.Span;
import io.onlooker.instrument.Recording;
import org.jspecify.annotations.Nullable;

/** Adds up the pieces of one streamed answer. One thread at a time. */
interface Fold {

  /** For answers that never come in pieces. */
  Fold NONE =
      new Fold() {
        @Override
        public boolean add(Object piece, boolean text) {
          return false;
        }

        @Override
        public void write(Span span, Recording recording) {}

        @Override
        public @Nullable String estimable() {
          return null;
        }
      };

  /**
   * Adds a piece.
   *
   * @param text whether what it says has to be kept
   * @return whether it carries content, not only framing
   */
  boolean add(Object piece, boolean text);

  /** Whether the piece tells the usage and nothing else. */
  default boolean onlyUsage(Object piece) {
    return false;
  }

  /** Says what the answer amounts to so far. */
  void write(Span span, Recording recording);

  /** What the model said so far, when its usage is not known; else null. */
  @Nullable String estimable();
}
