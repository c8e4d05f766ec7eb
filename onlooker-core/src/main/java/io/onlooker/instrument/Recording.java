package io.onlooker.instrument;

import io.onlooker.Onlooker;
import org.jspecify.annotations.Nullable;

/**
 * Which content of a call may be recorded.
 *
 * @param inputs messages, instructions, tool definitions
 * @param outputs answers and the tools they ask for
 */
public record Recording(boolean inputs, boolean outputs) {

  /** What was said for each, else the Onlooker's {@code sendDefaultPii} (seed 003). */
  public static Recording of(
      Onlooker onlooker, @Nullable Boolean inputs, @Nullable Boolean outputs) {
    boolean unlessSaid = onlooker.sendDefaultPii();
    return new Recording(
        inputs == null ? unlessSaid : inputs, outputs == null ? unlessSaid : outputs);
  }
}
