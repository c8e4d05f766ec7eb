package io.onlooker.server.ingest;

import io.onlooker.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request held.
 *
 * @param ofTransactions how many of the first items came in Sentry's transactions, which are
 *     refused whole
 * @param eventId what the sender calls the request, to be given back to it, or null
 */
record Decoded(List<Item> items, int ofTransactions, Drops drops, @Nullable String eventId) {

  Decoded(List<Item> items, Drops drops, @Nullable String eventId) {
    this(items, 0, drops, eventId);
  }
}
