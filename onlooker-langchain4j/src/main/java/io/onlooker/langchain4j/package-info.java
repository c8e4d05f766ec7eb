/** Records LangChain4j's AI services, agents, models and tools. */
@NullMarked
package io.onlooker.langchain4j;

import org.jspecify.annotations.NullMarked;
