package io.onlooker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void mcp_isOfThisRunsVersion() {
    assertThat(McpClient.class.getProtectionDomain().getCodeSource().getLocation().toString())
        .endsWith("-" + System.getProperty("mcp.version") + ".jar");
  }
}
