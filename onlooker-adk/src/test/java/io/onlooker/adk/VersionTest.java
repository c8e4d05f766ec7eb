package io.onlooker.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.runner.Runner;
import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void adk_isOfThisRunsVersion() {
    assertThat(Runner.class.getProtectionDomain().getCodeSource().getLocation().toString())
        .endsWith("-" + System.getProperty("adk.version") + ".jar");
  }
}
