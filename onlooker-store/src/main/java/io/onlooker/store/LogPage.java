package io.onlooker.store;

import io.onlooker.LogData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some log lines, newest first.
 *
 * @param cursor what to ask for the page behind this one, or null at the end
 */
public record LogPage(List<LogData> lines, @Nullable String cursor) {

  public LogPage {
    lines = List.copyOf(lines);
  }

  /** How many lines of a level there were in one step. */
  public record Count(Instant start, LogData.Level level, long lines) {}
}
