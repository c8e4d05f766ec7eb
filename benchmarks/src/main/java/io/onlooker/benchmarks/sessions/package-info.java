/** How long lists of sessions take when there are very many. */
@NullMarked
package io.onlooker.benchmarks.sessions;

import org.jspecify.annotations.NullMarked;
