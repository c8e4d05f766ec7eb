package io.onlooker.store;

import io.onlooker.ErrorData;
import io.onlooker.LogData;
import java.util.List;

/** What a trace says beside its spans. */
public record TraceNotes(List<LogData> logs, List<ErrorData> errors) {

  public TraceNotes {
    logs = List.copyOf(logs);
    errors = List.copyOf(errors);
  }
}
