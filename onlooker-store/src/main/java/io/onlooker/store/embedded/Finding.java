package io.onlooker.store.embedded;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at, in plain sentences.
 *
 * @param subject what was looked at, in a word or two
 * @param text what was found
 * @param remedy what to do about it, or null when nothing needs to be done
 */
public record Finding(Level level, String subject, String text, @Nullable String remedy) {

  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Nothing is broken, but somebody should know. */
    WARNING,
    /** Data cannot be read or kept until something is done. */
    FAULT
  }

  public static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text, null);
  }

  public static Finding warning(String subject, String text, String remedy) {
    return new Finding(Level.WARNING, subject, text, remedy);
  }

  public static Finding fault(String subject, String text, String remedy) {
    return new Finding(Level.FAULT, subject, text, remedy);
  }
}
