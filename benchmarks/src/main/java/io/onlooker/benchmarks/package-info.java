/** What recording costs on the caller's thread, beside its neighbours. */
@NullMarked
package io.onlooker.benchmarks;

import org.jspecify.annotations.NullMarked;
