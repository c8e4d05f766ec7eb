/**
 * Records what an AI agent does, processes it and sends it: the model, the tracer and their ends.
 */
@NullMarked
package io.onlooker;

import org.jspecify.annotations.NullMarked;
