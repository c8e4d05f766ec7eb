package io.onlooker.adk;

import com.google.adk.events.Event;
import org.jspecify.annotations.Nullable;

/** What a run answers: the last of its agents' final responses. */
final class Answer {

  private @Nullable Object last;

  void see(Event event, Ending ending) {
    if (event.content().isEmpty()) {
      return;
    }
    if (event.partial().orElse(false)) {
      ending.text(Messages.text(event.content().get()));
    } else if (event.finalResponse()) {
      Object whole = Messages.whole(event.content().get());
      last = whole == null ? last : whole;
    }
  }

  @Nullable Object value() {
    return last;
  }
}
