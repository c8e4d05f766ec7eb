package io.onlooker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.onlooker.test.SpanRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;

/**
 * The samples of the README are those that run here. {@code ./mvnw test -pl onlooker-mcp
 * -Dtest=SnippetsTest -Dsnippets=write} copies them over.
 */
class SnippetsTest {

  private static final Path HERE = Path.of("src/test/java/io/onlooker/mcp/SnippetsTest.java");
  private static final Path README = Path.of("README.md");
  private static final Pattern MARKED =
      Pattern.compile("( *)// snippet: ([a-z-]+)\n(.*?)\n *// end\n", Pattern.DOTALL);
  private static final Pattern SHOWN =
      Pattern.compile("<!-- snippet: ([a-z-]+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

  @Test
  void client_andServer() throws IOException {
    try (SpanRecorder recorder = SpanRecorder.createCurrent();
        Wire transport = Wire.open()) {
      StdioServerTransportProvider provider =
          new StdioServerTransportProvider(
              Wire.JSON, transport.server().getInputStream(), transport.server().getOutputStream());

      // snippet: server
      McpSyncServer server =
          McpServer.sync(OnlookerMcp.trace(provider)).serverInfo("weather", "1.2.3").build();
      // end
      // snippet: client
      McpSyncClient client = McpClient.sync(OnlookerMcp.trace(transport)).build();
      // end

      client.initialize();
      client.close();
      server.close();
      assertThat(recorder.takeAll()).hasSize(1);
    }
  }

  @Test
  void tool() throws LifecycleException {
    SyncToolSpecification tool = Tools.sync("forecast", request -> Tools.says("Sunny."));
    try (SpanRecorder recorder = SpanRecorder.createCurrent();
        WebPeers peers =
            WebPeers.open(
                UnaryOperator.identity(),
                provider -> {
                  // snippet: tool
                  McpSyncServer server =
                      McpServer.sync(provider).tools(OnlookerMcp.trace(tool)).build();
                  // end
                  return server::close;
                })) {

      peers.call("forecast");

      assertThat(recorder.takeAll()).hasSize(1);
    }
  }

  @Test
  void readme_showsWhatRuns() throws IOException {
    Map<String, String> run = new TreeMap<>();
    Matcher marked = MARKED.matcher(Files.readString(HERE));
    while (marked.find()) {
      String indented = marked.group(3);
      run.put(marked.group(2), indented.replaceAll("(?m)^" + marked.group(1), "").strip() + "\n");
    }
    if ("write".equals(System.getProperty("snippets"))) {
      Files.writeString(README, filled(Files.readString(README), run));
    }

    Map<String, String> shown = new TreeMap<>();
    Matcher blocks = SHOWN.matcher(Files.readString(README));
    while (blocks.find()) {
      shown.put(blocks.group(1), blocks.group(2));
    }
    assertThat(shown).isEqualTo(run);
  }

  private static String filled(String readme, Map<String, String> run) {
    return SHOWN
        .matcher(readme)
        .replaceAll(block ->
            Matcher.quoteReplacement(
                "<!-- snippet: "
                    + block.group(1)
                    + " -->\n```java\n"
                    + run.getOrDefault(block.group(1), "")
                    + "```\n"));
  }
}
