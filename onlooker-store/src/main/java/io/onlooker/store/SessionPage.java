package io.onlooker.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some sessions.
 *
 * @param cursor what to ask for the page behind this one, or null at the end
 */
public record SessionPage(List<Session> sessions, @Nullable String cursor) {

  public SessionPage {
    sessions = List.copyOf(sessions);
  }
}
