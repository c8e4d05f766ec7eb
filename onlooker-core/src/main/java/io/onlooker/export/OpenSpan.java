package io.onlooker.export;

import io.onlooker.SpanEvent;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span an exporter has heard of, from its start until late children need it no more. */
final class OpenSpan {

  final String traceId;
  final String spanId;
  final SpanType type;
  final boolean root;

  /** Not sent itself: its data goes to the generation above it. */
  final boolean folded;

  /** The nearest span above that is sent, or null when there is none or it is not known. */
  @Nullable OpenSpan parent;

  /** The id of the span above on the wire; may be set although that span is not known. */
  @Nullable String parentSpanId;

  final Gathered gathered = new Gathered();
  final List<SpanEvent> events = new ArrayList<>();

  /** The part of the trace it is sent with, if it is sent in parts. */
  @Nullable Segment segment;

  /** Whether it is a session of its own, for receivers that have sessions. */
  boolean session;

  boolean ended;
  private @Nullable SpanSnapshot snapshot;

  OpenSpan(SpanSnapshot snapshot, @Nullable OpenSpan parent, boolean folded) {
    this.traceId = snapshot.traceId();
    this.spanId = snapshot.spanId();
    this.type = snapshot.type();
    this.root = snapshot.root();
    this.parent = parent;
    this.parentSpanId = parent == null ? snapshot.parentSpanId() : parent.spanId;
    this.folded = folded;
    this.snapshot = snapshot;
  }

  SpanSnapshot snapshot() {
    if (snapshot == null) {
      throw new IllegalStateException("span " + spanId + ": forgotten (expected: not ended yet)");
    }
    return snapshot;
  }

  void update(SpanSnapshot news) {
    snapshot = news;
  }

  /** Lets go of the application's objects. */
  void forget() {
    snapshot = null;
    events.clear();
    gathered.forget();
  }

  /** The nearest span above of this type, or null when there is none or it has ended. */
  @Nullable OpenSpan above(SpanType wanted) {
    OpenSpan span = parent;
    while (span != null && span.type != wanted) {
      span = span.parent;
    }
    return span == null || span.ended ? null : span;
  }
}
