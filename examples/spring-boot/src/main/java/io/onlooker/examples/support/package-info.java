/**
 * A support assistant on Spring AI: what of it Onlooker records, it records without a line here.
 */
@NullMarked
package io.onlooker.examples.support;

import org.jspecify.annotations.NullMarked;
