package io.onlooker.server.ingest;

import io.onlooker.server.access.Key;
import org.jspecify.annotations.Nullable;

/**
 * Who sends, and where to.
 *
 * @param key what it showed, or null for a signed-in browser, which nothing limits
 */
record Caller(int project, @Nullable Key key) {}
