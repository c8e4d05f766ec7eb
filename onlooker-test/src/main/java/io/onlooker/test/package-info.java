/** For tests: what was recorded, said fluently, and servers that play the other side. */
@NullMarked
package io.onlooker.test;

import org.jspecify.annotations.NullMarked;
