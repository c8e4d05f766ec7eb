@NullMarked
package io.onlooker.anthropic;

import org.jspecify.annotations.NullMarked;
