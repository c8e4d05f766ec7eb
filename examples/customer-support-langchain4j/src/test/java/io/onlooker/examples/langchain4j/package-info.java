@NullMarked
package io.onlooker.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
