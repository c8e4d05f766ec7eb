/** The prices of projects: kept, changed, and applied to what is stored already. */
@NullMarked
package io.onlooker.server.pricing;

import org.jspecify.annotations.NullMarked;
