/** All examples at once, with somebody who uses them: what {@code ./onlooker demo} runs. */
@NullMarked
package io.onlooker.examples.demo;

import org.jspecify.annotations.NullMarked;
