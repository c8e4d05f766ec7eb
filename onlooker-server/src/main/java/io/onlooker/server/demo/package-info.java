/** A shop whose agents never were: something to look at, for the demo, the tests and pictures. */
@NullMarked
package io.onlooker.server.demo;

import org.jspecify.annotations.NullMarked;
