/** From bytes to kept items: decode, normalise, admit. */
@NullMarked
package io.onlooker.server.ingest;

import org.jspecify.annotations.NullMarked;
