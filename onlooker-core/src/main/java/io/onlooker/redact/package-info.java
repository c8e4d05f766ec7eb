/** Finds personal data and secrets in what was recorded, and replaces them before it leaves. */
@NullMarked
package io.onlooker.redact;

import org.jspecify.annotations.NullMarked;
