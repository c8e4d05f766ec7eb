/** Records the calls between MCP clients and servers, on both sides. */
@NullMarked
package io.onlooker.mcp;

import org.jspecify.annotations.NullMarked;
