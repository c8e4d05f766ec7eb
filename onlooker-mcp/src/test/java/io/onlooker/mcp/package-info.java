@NullMarked
package io.onlooker.mcp;

import org.jspecify.annotations.NullMarked;
