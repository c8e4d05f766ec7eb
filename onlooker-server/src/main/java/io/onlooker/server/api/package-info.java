/** Reads over HTTP: JSON, snake_case, times as RFC 3339, durations in milliseconds. */
@NullMarked
package io.onlooker.server.api;

import org.jspecify.annotations.NullMarked;
