/** Questions to the embedded store, and the same to ClickHouse's engine, over made-up spans. */
@NullMarked
package io.onlooker.benchmarks.store;

import org.jspecify.annotations.NullMarked;
