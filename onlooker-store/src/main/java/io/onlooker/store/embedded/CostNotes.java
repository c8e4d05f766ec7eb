package io.onlooker.store.embedded;

import io.onlooker.SpanData;
import io.onlooker.store.Edit;
import io.onlooker.store.SessionFold;
import io.onlooker.store.StoreException;
import io.onlooker.store.span.RepeatedCalls;
import io.onlooker.store.span.RunTree;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts costs right that are noted on more than one span of a call. Which one stands for it is known
 * only to the fold, which sees the whole trace, in whatever order its spans came; so this goes
 * behind it. What is appended meanwhile is left alone, folded again, and put right then.
 */
final class CostNotes {

  private static final Logger log = LoggerFactory.getLogger(CostNotes.class);

  private final Sessions sessions;
  private final SpanLoader loader;
  private final Overlap overlap;
  private final IntFunction<Edit> edits;

  /**
   * @param edits begins to change spans of a project
   */
  CostNotes(Sessions sessions, SpanLoader loader, Overlap overlap, IntFunction<Edit> edits) {
    this.sessions = sessions;
    this.loader = loader;
    this.overlap = overlap;
    this.edits = edits;
  }

  /** What cannot be kept now is put right when its trace is folded the next time. */
  void correct() {
    for (TraceKey trace : sessions.takeMisnoted()) {
      try (Edit edit = edits.apply(trace.project())) {
        overlap.settle();
        List<SpanData> spans = loader.trace(trace).stream().map(HotSpan::data).toList();
        RunTree tree = SessionFold.tree(spans);
        if (tree != null) {
          edit.append(RepeatedCalls.revisions(tree));
        }
      } catch (StoreException e) {
        if (e.reason() == StoreException.Reason.CLOSED) {
          return;
        }
        log.warn("trace {}: the cost of a call may be noted twice: {}", trace.id(), e.getMessage());
      }
    }
  }
}
