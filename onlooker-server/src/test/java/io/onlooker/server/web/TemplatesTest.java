package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no template may do, because the pages' policy or the reader's safety forbids it. */
final class TemplatesTest {

  static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/jte"))) {
      return files.filter(file -> file.toString().endsWith(".jte")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void template_staysWithinThePolicy(Path template) throws IOException {
    String text = Files.readString(template);

    assertThat(text)
        .doesNotContain("$unsafe")
        .doesNotContainPattern("\\sstyle=")
        .doesNotContainPattern("<style")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("<script(?! type=\"module\" src=)");
  }
}
