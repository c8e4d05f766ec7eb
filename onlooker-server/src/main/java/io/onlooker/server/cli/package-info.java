/** Commands that ask a running server over HTTP, for people without a browser and for scripts. */
@NullMarked
package io.onlooker.server.cli;

import org.jspecify.annotations.NullMarked;
