/** A load generator for servers that take spans, ours and its neighbours. */
@NullMarked
package io.onlooker.benchmarks.load;

import org.jspecify.annotations.NullMarked;
