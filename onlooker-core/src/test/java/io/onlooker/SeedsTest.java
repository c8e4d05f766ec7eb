package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/seeds.md} names every heading, table and code sample of the seeds, and for each a
 * test that there is; {@link DocumentsTest} looks at its links.
 */
class SeedsTest {

  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| (heading|table|code) \\| ((?:\\\\.|[^|])+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern TEST = Pattern.compile("`([\\w/-]+)/(\\w+)\\.(\\w+)`");

  @Test
  void rows_nameTestsAndDocuments() throws IOException {
    List<MatchResult> rows = ROW.matcher(page()).results().toList();

    assertThat(rows).hasSizeGreaterThan(80);
    for (MatchResult row : rows) {
      assertThat(row.group(3)).as(row.group()).contains("](");
      List<MatchResult> tests = TEST.matcher(row.group(4)).results().toList();
      assertThat(tests).as(row.group()).isNotEmpty();
      for (MatchResult test : tests) {
        assertThat(source(test.group(1), test.group(2)))
            .as(test.group())
            .containsPattern("void " + test.group(3) + "\\(");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "001", "002", "003", "004"})
  void seed_isMappedAsAWhole(String number) throws IOException {
    Path seeds = Documents.root().resolve("../shared/seeds");
    assumeThat(Files.isDirectory(seeds)).isTrue();
    Path seed =
        Documents.files(seeds, ".txt").stream()
            .filter(file -> file.getFileName().toString().startsWith(number))
            .findFirst()
            .orElseThrow();

    assertThat(mapped(number)).isEqualTo(SeedOutline.of(Files.readString(seed)));
  }

  private static List<SeedOutline.Part> mapped(String number) throws IOException {
    String page = page();
    int start = page.indexOf("\n## Seed " + number);
    int end = page.indexOf("\n## ", start + 1);
    List<SeedOutline.Part> mapped = new ArrayList<>();
    ROW.matcher(page.substring(start, end < 0 ? page.length() : end))
        .results()
        .forEach(row -> mapped.add(new SeedOutline.Part(row.group(1), text(row.group(2)))));
    return mapped;
  }

  private static String text(String cell) {
    return cell.replace("`", "").replace("\\|", "|").strip();
  }

  private static String page() throws IOException {
    return Files.readString(Documents.root().resolve("docs/seeds.md"));
  }

  private static String source(String module, String name) throws IOException {
    Path sources = Documents.root().resolve(module).resolve("src");
    List<Path> found = Documents.files(sources, "/" + name + ".java");
    assertThat(found).as(module + "/" + name).isNotEmpty();
    StringBuilder text = new StringBuilder();
    for (Path file : found) {
      text.append(Files.readString(file));
    }
    return text.toString();
  }
}
