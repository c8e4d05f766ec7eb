/** The query language: text to the query tree, and back. */
@NullMarked
package io.onlooker.store.query;

import org.jspecify.annotations.NullMarked;
