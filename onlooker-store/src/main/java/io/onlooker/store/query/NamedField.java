package io.onlooker.store.query;

import io.onlooker.store.Field;

/**
 * A field under the name that a query gave it.
 *
 * @param name as written, for messages
 */
record NamedField(String name, Field field, Kind kind) {}
