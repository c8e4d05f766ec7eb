/** Doors of the embedded store that only benchmarks need. */
@NullMarked
package io.onlooker.store.embedded;

import org.jspecify.annotations.NullMarked;
