@NullMarked
package io.onlooker.export;

import org.jspecify.annotations.NullMarked;
