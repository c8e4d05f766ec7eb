package io.onlooker.springboot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What editors show of the properties. */
class MetadataTest {

  private static final String FILE = "/META-INF/spring-configuration-metadata.json";
  private static final Pattern PROPERTY =
      Pattern.compile(
          "\"name\": \"(onlooker\\.[a-z0-9.-]+)\",\\s+\"type\": \"[^\"]+\",(\\s+\"description\")?");

  @Test
  void properties_areDescribed() throws IOException {
    List<String> described;
    List<String> bare;
    try (InputStream file = OnlookerProperties.class.getResourceAsStream(FILE)) {
      String text = new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      String properties = text.substring(text.indexOf("\"properties\""));
      described = names(properties, true);
      bare = names(properties, false);
    }

    assertThat(bare).isEmpty();
    assertThat(described)
        .contains(
            "onlooker.dsn",
            "onlooker.traces-sample-rate",
            "onlooker.openai.record-inputs",
            "onlooker.spring-ai.enabled",
            "onlooker.web.continue-traces")
        .hasSizeGreaterThan(20);
  }

  private static List<String> names(String properties, boolean described) {
    return PROPERTY
        .matcher(properties)
        .results()
        .filter(found -> (found.group(2) != null) == described)
        .map(found -> found.group(1))
        .toList();
  }
}
