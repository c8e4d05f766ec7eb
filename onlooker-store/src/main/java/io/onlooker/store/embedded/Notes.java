package io.onlooker.store.embedded;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.TraceNotes;
import io.onlooker.store.embedded.Segment.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the log lines and errors of a trace. One that was sent twice is shown once: an error by its
 * id, a line when all of it is the same.
 */
final class Notes {

  private final HotTier hot;
  private final Engine engine;
  private final Kept kept;

  Notes(HotTier hot, Engine engine, Kept kept) {
    this.hot = hot;
    this.kept = kept;
    this.engine = engine;
  }

  TraceNotes of(TraceKey trace) {
    Set<LogData> logs = new LinkedHashSet<>();
    Map<String, ErrorData> errors = new LinkedHashMap<>();
    // Memory before the view: what is sealed in between is then seen twice, not missed.
    List<Item> inMemory = hot.notes(trace);
    for (Segment segment : hot.view().segmentsOf(trace)) {
      try (EngineQuery query = engine.query()) {
        if (segment.file(Part.LOGS) != null) {
          logs.addAll(NoteColumns.logs(query, segment, trace));
        }
        if (segment.file(Part.ERRORS) != null) {
          NoteColumns.errors(query, segment, trace)
              .forEach(error -> errors.put(error.eventId(), error));
        }
      }
    }
    for (Item item : inMemory) {
      switch (item) {
        case LogData line -> logs.add(line);
        case ErrorData error -> errors.put(error.eventId(), error);
        case SpanData span -> throw new IllegalStateException("note: " + span);
      }
    }
    long since = kept.since(trace.project());
    logs.removeIf(line -> line.timeNanos() < since);
    errors.values().removeIf(error -> error.timeNanos() < since);
    return new TraceNotes(
        sorted(new ArrayList<>(logs), Comparator.comparingLong(LogData::timeNanos)),
        sorted(new ArrayList<>(errors.values()), Comparator.comparingLong(ErrorData::timeNanos)));
  }

  private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
    list.sort(order);
    return list;
  }
}
