package io.onlooker.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some groups of sessions.
 *
 * @param cursor what to ask for the page behind this one, or null at the end
 */
public record SessionGroupPage(List<SessionGroup> groups, @Nullable String cursor) {

  public SessionGroupPage {
    groups = List.copyOf(groups);
  }
}
