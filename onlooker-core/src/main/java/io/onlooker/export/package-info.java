/** Sends what was recorded to Sentry, to an OpenTelemetry backend or to a console. */
@NullMarked
package io.onlooker.export;

import org.jspecify.annotations.NullMarked;
