package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Group;
import io.onlooker.store.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells without reading a file that a query has few groups. */
final class KnownGroups {

  private static final int STATUSES = 4;
  private static final int FLAGS = 2;
  private static final long UNKNOWN = Integer.MAX_VALUE;

  private final View view;
  private final List<Segment> segments;

  /**
   * @param segments in which the query looks
   */
  KnownGroups(View view, List<Segment> segments) {
    this.view = view;
    this.segments = segments;
  }

  /** Whether there are not more than the query shows. */
  boolean areFew(Query query) {
    long groups = 1;
    for (Group group : query.by()) {
      groups = Math.min(UNKNOWN, groups * values(group, query.limit()));
    }
    return groups <= query.limit();
  }

  private long values(Group group, int enough) {
    if (group.bucketWidth() != null || !(group.field() instanceof Field.Column column)) {
      return UNKNOWN;
    }
    return switch (column) {
      case STATUS -> STATUSES;
      case SEGMENT -> FLAGS;
      case OP -> ops(enough);
      default -> UNKNOWN;
    };
  }

  /** None at all is a group too. */
  private long ops(int enough) {
    Set<String> ops = new HashSet<>();
    for (Segment segment : segments) {
      ops.addAll(segment.summary().ops());
    }
    view.hot().stream()
        .flatMap(Rows::spans)
        .takeWhile(_ -> ops.size() < enough)
        .map(span -> span.data().op())
        .filter(op -> op != null)
        .forEach(ops::add);
    return ops.size() + 1L;
  }
}
