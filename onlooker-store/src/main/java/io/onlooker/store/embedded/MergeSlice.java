package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Spans of one project, or of all, that stand together in a merged segment.
 *
 * @param project null for all
 * @param ops null stands for spans without an op
 */
record MergeSlice(@Nullable Integer project, @Nullable List<String> ops) {

  /** The file is read once for each, so there are not too many. */
  private static final int MOST = 64;

  /** The slices of these segments in the order of a segment; each span is in one of them. */
  static List<MergeSlice> of(List<Segment> segments) {
    Set<Integer> projects = new TreeSet<>();
    Set<String> ops = new TreeSet<>();
    for (Segment segment : segments) {
      projects.addAll(segment.summary().projects());
      ops.addAll(segment.summary().ops());
    }
    List<@Nullable Integer> each = new ArrayList<>(projects);
    if (projects.size() * 2 > MOST) {
      each = new ArrayList<>();
      each.add(null);
    }
    List<String> sorted = new ArrayList<>(ops);
    int width = Math.ceilDiv(Math.max(1, sorted.size()) * each.size(), MOST);
    List<MergeSlice> slices = new ArrayList<>();
    for (Integer project : each) {
      slices.add(new MergeSlice(project, null));
      for (int from = 0; from < sorted.size(); from += width) {
        int to = Math.min(from + width, sorted.size());
        slices.add(new MergeSlice(project, sorted.subList(from, to)));
      }
    }
    return slices;
  }

  Sql condition() {
    Sql sql = new Sql();
    if (project != null) {
      sql.add("f.project = ").bind(project).add(" AND ");
    }
    return ops == null
        ? sql.add("f.op IS NULL")
        : sql.add(FilterSql.joined(ops, " OR ", "FALSE", op -> Sql.of("f.op = ").bind(op)));
  }
}
