/**
 * Runs the examples as their users would, against a real server, and reads back what came of it.
 */
@NullMarked
package io.onlooker.examples.testing;

import org.jspecify.annotations.NullMarked;
