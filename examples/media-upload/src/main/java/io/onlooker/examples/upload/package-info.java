/** An upload that another process works on, in one trace through a queue. */
@NullMarked
package io.onlooker.examples.upload;

import org.jspecify.annotations.NullMarked;
