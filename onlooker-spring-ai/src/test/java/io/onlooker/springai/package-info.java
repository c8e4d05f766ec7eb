@NullMarked
package io.onlooker.springai;

import org.jspecify.annotations.NullMarked;
