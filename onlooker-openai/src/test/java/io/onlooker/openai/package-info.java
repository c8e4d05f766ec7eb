@NullMarked
package io.onlooker.openai;

import org.jspecify.annotations.NullMarked;
