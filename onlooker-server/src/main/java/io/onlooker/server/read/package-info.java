/** Turns spans into what a person reads: shared by the API and the pages. */
@NullMarked
package io.onlooker.server.read;

import org.jspecify.annotations.NullMarked;
