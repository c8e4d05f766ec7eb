package io.onlooker.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.function.Function;

/** What a weather server has, and says. */
final class Tools {

  private Tools() {}

  static McpSchema.Tool named(String name) {
    return McpSchema.Tool.builder()
        .name(name)
        .description("About the weather.")
        .inputSchema(Wire.JSON, "{\"type\": \"object\"}")
        .build();
  }

  static SyncToolSpecification sync(String name, Function<CallToolRequest, CallToolResult> answer) {
    return new SyncToolSpecification(named(name), (exchange, request) -> answer.apply(request));
  }

  static CallToolResult says(String text) {
    return CallToolResult.builder().addTextContent(text).isError(false).build();
  }

  static CallToolResult fails(String why) {
    return CallToolResult.builder().addTextContent(why).isError(true).build();
  }
}
