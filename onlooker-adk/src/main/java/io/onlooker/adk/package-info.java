/** Records the runs of Google's Agent Development Kit: agents, workflows, models, tools. */
@NullMarked
package io.onlooker.adk;

import org.jspecify.annotations.NullMarked;
