package io.onlooker.langchain4j;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An MCP server with one tool, over its standard input and output. */
final class McpProgram {

  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");

  private McpProgram() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    while (line != null) {
      Matcher id = ID.matcher(line);
      if (id.find()) {
        System.out.println(
            "{\"jsonrpc\": \"2.0\", \"id\": "
                + id.group(1)
                + ", \"result\": "
                + result(line)
                + "}");
        System.out.flush();
      }
      line = in.readLine();
    }
  }

  private static String result(String request) {
    if (request.contains("\"initialize\"")) {
      return "{\"protocolVersion\": \"2025-06-18\", \"capabilities\": {\"tools\": {}},"
          + " \"serverInfo\": {\"name\": \"weather\", \"version\": \"1\"}}";
    }
    if (request.contains("\"tools/list\"")) {
      return "{\"tools\": [{\"name\": \"weather\", \"description\": \"The weather\","
          + " \"inputSchema\": {\"type\": \"object\","
          + " \"properties\": {\"city\": {\"type\": \"string\"}}}}]}";
    }
    if (request.contains("\"tools/call\"")) {
      return "{\"content\": [{\"type\": \"text\", \"text\": \"sunny\"}], \"isError\": "
          + request.contains("Atlantis")
          + "}";
    }
    return "{}";
  }
}
