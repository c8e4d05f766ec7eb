/** Records the calls of an anthropic-java client. */
@NullMarked
package io.onlooker.anthropic;

import org.jspecify.annotations.NullMarked;
