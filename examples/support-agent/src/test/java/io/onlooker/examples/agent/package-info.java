@NullMarked
package io.onlooker.examples.agent;

import org.jspecify.annotations.NullMarked;
