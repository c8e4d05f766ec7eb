/** HTTP and pages of the examples, so that each of them is about its spans and nothing else. */
@NullMarked
package io.onlooker.examples.web;

import org.jspecify.annotations.NullMarked;
