/** Records the calls of an openai-java client. */
@NullMarked
package io.onlooker.openai;

import org.jspecify.annotations.NullMarked;
