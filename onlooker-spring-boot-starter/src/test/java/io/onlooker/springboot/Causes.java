package io.onlooker.springboot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a failure says, from the outermost exception to the cause of all. */
final class Causes {

  private Causes() {}

  static List<String> messages(@Nullable Throwable failure) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      messages.add(String.valueOf(cause.getMessage()));
    }
    return messages;
  }
}
