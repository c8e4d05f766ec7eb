@NullMarked
package io.onlooker.examples.upload;

import org.jspecify.annotations.NullMarked;
