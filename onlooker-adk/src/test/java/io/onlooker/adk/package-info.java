@NullMarked
package io.onlooker.adk;

import org.jspecify.annotations.NullMarked;
