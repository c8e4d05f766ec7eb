/** Records Spring AI: chat clients, models, tools, advisors, retrievals. */
@NullMarked
package io.onlooker.springai;

import org.jspecify.annotations.NullMarked;
