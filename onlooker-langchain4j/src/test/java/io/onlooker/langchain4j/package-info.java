@NullMarked
package io.onlooker.langchain4j;

import org.jspecify.annotations.NullMarked;
