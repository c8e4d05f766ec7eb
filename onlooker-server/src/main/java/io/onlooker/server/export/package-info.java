/** Takes what is stored out again, as files that other tools read. */
@NullMarked
package io.onlooker.server.export;

import org.jspecify.annotations.NullMarked;
