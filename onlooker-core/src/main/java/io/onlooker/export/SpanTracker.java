package io.onlooker.export;

import io.onlooker.ErrorInfo;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import io.onlooker.TracingEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole spans out of news, in whatever order it comes: finds each span's place in the tree,
 * folds model steps and chunks into their generation, and tells agents what their generations used.
 * No span is lost for having come late, twice, without a start or without a parent. Not
 * thread-safe.
 */
final class SpanTracker {

  /** An application that forgets to end its spans must not fill the heap with them. */
  private static final int MOST_OPEN = 50_000;

  /** Late children come seconds after their parent, not hours: this many ended spans suffice. */
  private static final int MOST_REMEMBERED = 8_192;

  private final SpanSink sink;
  private final Map<Key, OpenSpan> open = new LinkedHashMap<>();
  private final Map<Key, OpenSpan> ended =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, OpenSpan> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  SpanTracker(SpanSink sink) {
    this.sink = sink;
  }

  void accept(TracingEvent event) {
    SpanSnapshot span = event.span();
    if (ended.containsKey(new Key(span.traceId(), span.spanId()))) {
      return;
    }
    if (span.event()) {
      sink.moment(sent(find(span.traceId(), span.parentSpanId())), span);
    } else if (event.kind() == TracingEvent.Kind.SPAN_ENDED) {
      end(known(span), span);
    } else {
      update(known(span), span);
      endEldest(span.startNanos());
    }
  }

  /** Nothing more will come of the span, and nothing it told may be sent. */
  void forget(String traceId, String spanId) {
    OpenSpan span = open.get(new Key(traceId, spanId));
    if (span != null) {
      span.update(Snapshots.blank(span.snapshot()));
      if (!span.folded) {
        sink.forgotten(span);
      }
      close(span);
    }
  }

  /** The span, if it is running or ended not long ago. */
  @Nullable OpenSpan find(@Nullable String traceId, @Nullable String spanId) {
    if (traceId == null || spanId == null) {
      return null;
    }
    Key key = new Key(traceId, spanId);
    OpenSpan span = open.get(key);
    return span == null ? ended.get(key) : span;
  }

  /** Ends what is still open, the innermost first, and says so on each span. */
  void endAll(long nowNanos) {
    // Parents start first, so the reverse order ends each span before the one above it.
    List<OpenSpan> left = new ArrayList<>(open.values());
    Collections.reverse(left);
    for (OpenSpan span : left) {
      end(span, Snapshots.unfinished(span.snapshot(), nowNanos));
    }
  }

  private void update(OpenSpan span, SpanSnapshot news) {
    boolean changed = !span.snapshot().equals(news);
    span.update(news);
    if (changed && !span.folded) {
      sink.updated(span);
    }
  }

  private OpenSpan known(SpanSnapshot snapshot) {
    Key key = new Key(snapshot.traceId(), snapshot.spanId());
    OpenSpan known = open.get(key);
    if (known != null) {
      return known;
    }
    OpenSpan parent = find(snapshot.traceId(), snapshot.parentSpanId());
    OpenSpan span = new OpenSpan(snapshot, sent(parent), folds(snapshot, parent));
    open.put(key, span);
    if (!span.folded) {
      sink.started(span);
      tellGeneration(span, snapshot);
    }
    return span;
  }

  private void end(OpenSpan span, SpanSnapshot last) {
    span.update(last);
    adopt(span);
    if (span.folded) {
      fold(span);
    } else {
      tellAgent(span);
      tellError(span, span);
      sink.ended(span);
    }
    close(span);
  }

  private void close(OpenSpan span) {
    Key key = new Key(span.traceId, span.spanId);
    span.ended = true;
    span.forget();
    open.remove(key);
    ended.put(key, span);
  }

  /** A parent that was not known at the start may be known by now. */
  private void adopt(OpenSpan span) {
    if (span.parent == null && span.parentSpanId != null && !span.root) {
      OpenSpan late = sent(find(span.traceId, span.parentSpanId));
      // News of wrong parents may form a ring; a chain of parents must end.
      for (OpenSpan above = late; above != null; above = above.parent) {
        if (above.equals(span)) {
          return;
        }
      }
      span.parent = late;
    }
  }

  /** A generation that has ended is sent already; of a late step only its failure is news then. */
  private void fold(OpenSpan step) {
    OpenSpan generation = step.above(SpanType.MODEL_GENERATION);
    if (generation != null) {
      generation.gathered.fold(step.snapshot());
    }
    tellError(step, generation == null ? step : generation);
  }

  private static void tellGeneration(OpenSpan span, SpanSnapshot snapshot) {
    OpenSpan above = span.parent;
    boolean tool = span.type == SpanType.TOOL_CALL || span.type == SpanType.MCP_TOOL_CALL;
    if (tool && above != null && generation(above) && !above.ended) {
      above.gathered.toolCall(snapshot);
    }
  }

  private void tellAgent(OpenSpan span) {
    OpenSpan agent = generation(span) ? span.above(SpanType.AGENT_RUN) : null;
    if (agent != null) {
      agent.gathered.generation(span.snapshot(), span.gathered);
    }
  }

  /** An exception on its way up passes every span above; it is told once, where it came from. */
  private void tellError(OpenSpan failed, OpenSpan shownOn) {
    ErrorInfo error = failed.snapshot().error();
    if (error == null) {
      return;
    }
    ErrorInfo below = failed.gathered.reportedError;
    boolean told = below != null && sameThrowable(error, below);
    if (!told) {
      sink.failed(shownOn, error);
    }
    failed.gathered.reportedError = error;
    if (failed.parent != null) {
      failed.parent.gathered.reportedError = error;
    }
  }

  private static boolean sameThrowable(ErrorInfo error, ErrorInfo below) {
    return !error.exceptions().isEmpty() && error.exceptions().equals(below.exceptions());
  }

  private void endEldest(long nowNanos) {
    if (open.size() > MOST_OPEN) {
      OpenSpan eldest = open.values().iterator().next();
      end(eldest, Snapshots.unfinished(eldest.snapshot(), nowNanos));
    }
  }

  private static boolean folds(SpanSnapshot span, @Nullable OpenSpan parent) {
    if (span.type() != SpanType.MODEL_STEP && span.type() != SpanType.MODEL_CHUNK) {
      return false;
    }
    for (OpenSpan above = parent; above != null; above = above.parent) {
      if (generation(above)) {
        return !above.ended;
      }
    }
    return false;
  }

  private static boolean generation(@Nullable OpenSpan span) {
    return span != null && span.type == SpanType.MODEL_GENERATION;
  }

  /** The span itself, or the nearest above that is sent. */
  private static @Nullable OpenSpan sent(@Nullable OpenSpan span) {
    OpenSpan sent = span;
    while (sent != null && sent.folded) {
      sent = sent.parent;
    }
    return sent;
  }

  private record Key(String traceId, String spanId) {}
}
