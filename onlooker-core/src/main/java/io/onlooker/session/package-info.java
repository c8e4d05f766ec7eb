/** Runs of agents as an application sees them: sessions, and what records an agent's calls. */
@NullMarked
package io.onlooker.session;

import org.jspecify.annotations.NullMarked;
