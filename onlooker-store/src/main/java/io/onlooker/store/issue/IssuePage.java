package io.onlooker.store.issue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some issues.
 *
 * @param cursor what to ask for the page behind this one, or null at the end
 */
public record IssuePage(List<Issue> issues, @Nullable String cursor) {

  public IssuePage {
    issues = List.copyOf(issues);
  }
}
