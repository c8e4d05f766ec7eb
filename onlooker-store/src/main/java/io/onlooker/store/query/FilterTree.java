package io.onlooker.store.query;

import io.onlooker.store.Filter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds filters in their one normal form: no part twice, no And within an And, no Or within an Or,
 * no Not of a Not, and nothing around a single part.
 */
final class FilterTree {

  private FilterTree() {}

  static Filter and(List<Filter> parts) {
    Set<Filter> all = new LinkedHashSet<>();
    for (Filter part : parts) {
      if (part instanceof Filter.And(var inner)) {
        all.addAll(inner);
      } else {
        all.add(part);
      }
    }
    return all.size() == 1 ? all.iterator().next() : new Filter.And(List.copyOf(all));
  }

  static Filter or(List<Filter> parts) {
    Set<Filter> any = new LinkedHashSet<>();
    for (Filter part : parts) {
      if (part instanceof Filter.Or(var inner)) {
        any.addAll(inner);
      } else {
        any.add(part);
      }
    }
    return any.size() == 1 ? any.iterator().next() : new Filter.Or(List.copyOf(any));
  }

  static Filter not(Filter filter) {
    return filter instanceof Filter.Not(Filter inner) ? inner : new Filter.Not(filter);
  }

  /** The same filter in normal form. */
  static Filter normal(Filter filter) {
    return switch (filter) {
      case Filter.And(var all) -> and(all.stream().map(FilterTree::normal).toList());
      case Filter.Or(var any) -> or(any.stream().map(FilterTree::normal).toList());
      case Filter.Not(Filter inner) -> not(normal(inner));
      default -> filter;
    };
  }
}
