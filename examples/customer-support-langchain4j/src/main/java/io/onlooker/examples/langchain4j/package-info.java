/** A customer support agent on LangChain4j, whose runs are sessions. */
@NullMarked
package io.onlooker.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
