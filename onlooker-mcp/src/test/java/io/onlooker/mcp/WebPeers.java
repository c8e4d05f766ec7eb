package io.onlooker.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** A server over streamable HTTP with sessions, in Tomcat, and a client that is connected to it. */
record WebPeers(Tomcat tomcat, Runnable server, McpSyncClient client) implements AutoCloseable {

  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  static {
    TOMCAT.setLevel(Level.SEVERE);
  }

  static WebPeers open(
      UnaryOperator<McpClientTransport> clientSide,
      Function<HttpServletStreamableServerTransportProvider, Runnable> server)
      throws LifecycleException {
    HttpServletStreamableServerTransportProvider provider =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(Wire.JSON)
            .mcpEndpoint("/mcp")
            .build();
    Runnable serving = server.apply(provider);
    Tomcat tomcat = serve(provider);
    McpClientTransport transport =
        HttpClientStreamableHttpTransport.builder(
                "http://localhost:" + tomcat.getConnector().getLocalPort())
            .endpoint("/mcp")
            .build();
    McpSyncClient client =
        McpClient.sync(clientSide.apply(transport))
            .clientInfo(new McpSchema.Implementation("planner", "2.0"))
            .requestTimeout(Duration.ofSeconds(20))
            .build();
    client.initialize();
    return new WebPeers(tomcat, serving, client);
  }

  private static Tomcat serve(HttpServletStreamableServerTransportProvider servlet)
      throws LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("target/tomcat");
    tomcat.setPort(0);
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "mcp", servlet).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "mcp");
    tomcat.getConnector();
    tomcat.start();
    return tomcat;
  }

  CallToolResult call(String tool) {
    return client.callTool(new CallToolRequest(tool, Map.of("city", "Seoul")));
  }

  @Override
  public void close() throws LifecycleException {
    client.close();
    server.run();
    tomcat.stop();
    tomcat.destroy();
  }
}
