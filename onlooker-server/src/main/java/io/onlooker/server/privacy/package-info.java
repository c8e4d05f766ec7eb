/** The redaction rules of projects: kept, given to SDKs, and watched over. */
@NullMarked
package io.onlooker.server.privacy;

import org.jspecify.annotations.NullMarked;
