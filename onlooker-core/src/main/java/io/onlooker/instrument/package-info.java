/**
 * What those who write instrumentation share, whatever the library: how one call of a model is
 * recorded. Applications need nothing of it.
 */
@NullMarked
package io.onlooker.instrument;

import org.jspecify.annotations.NullMarked;
