/** How much may be sent with a key: limits by category, and what is told to senders. */
@NullMarked
package io.onlooker.server.quota;

import org.jspecify.annotations.NullMarked;
