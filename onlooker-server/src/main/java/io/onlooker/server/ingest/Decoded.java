package io.onlooker.server.ingest;

import io.onlooker.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request held.
 *
 * @param eventId what the sender calls the request, to be given back to it, or null
 */
record Decoded(List<Item> items, Drops drops, @Nullable String eventId) {}
