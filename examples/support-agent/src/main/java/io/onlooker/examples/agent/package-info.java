/** An agent on a model of one's own, recorded span by span. */
@NullMarked
package io.onlooker.examples.agent;

import org.jspecify.annotations.NullMarked;
