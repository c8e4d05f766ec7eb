package io.onlooker.store.query;

import io.onlooker.store.Filter;
import java.util.List;

/**
 * A query with both its parts.
 *
 * @param filter which spans it takes
 * @param having which groups of the result stay: those that all of these take
 */
public record ParsedQuery(Filter filter, List<AggregateFilter> having) {

  public ParsedQuery {
    having = List.copyOf(having);
  }
}
