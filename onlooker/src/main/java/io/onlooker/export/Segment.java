package io.onlooker.export;

/**
 * One process's connected part of a trace: a span without a known span above it that is still open,
 * and everything below. What ends after the root forms segments of its own. Not thread-safe.
 */
final class Segment {

  final OpenSpan root;

  /** Finished spans below the root, encoded, with commas between them. */
  JsonWriter spans = new JsonWriter();

  /** What happened at one moment, encoded as breadcrumbs, with commas between them. */
  JsonWriter breadcrumbs = new JsonWriter(64);

  int spanCount;
  int breadcrumbCount;
  boolean closed;
  private String name;

  private Segment(OpenSpan root) {
    this.root = root;
    this.name = SpanNames.name(root.snapshot());
  }

  /** The segment the open span is sent with; found once and remembered while it is open. */
  static Segment of(OpenSpan span) {
    // Up to the first span that has a place, or above which nothing is to be found any more.
    OpenSpan at = span;
    while (!placed(at) && at.parent != null && !at.root && reachable(at.parent)) {
      at = at.parent;
    }
    Segment segment = at.segment;
    if (segment == null || segment.closed) {
      segment = new Segment(at);
      at.segment = segment;
    }
    span.segment = segment;
    return segment;
  }

  /** Nothing is added any more; late children still point here, so the bytes are let go. */
  void close() {
    closed = true;
    spans = new JsonWriter(0);
    breadcrumbs = new JsonWriter(0);
  }

  /** The root's name, as far as it is known. */
  String name() {
    if (!root.ended) {
      name = SpanNames.name(root.snapshot());
    }
    return name;
  }

  private static boolean placed(OpenSpan span) {
    return span.segment != null && !span.segment.closed;
  }

  private static boolean reachable(OpenSpan parent) {
    return !parent.ended || placed(parent);
  }
}
