/** The one process: wiring and the command line. */
@NullMarked
package io.onlooker.server;

import org.jspecify.annotations.NullMarked;
