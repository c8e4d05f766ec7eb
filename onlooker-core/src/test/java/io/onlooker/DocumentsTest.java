package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of all documents lead somewhere, and their samples are ones that run. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]+`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(.*)\n```(java|js|properties|xml)\n([^`]*)```$");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

  static List<Path> documents() throws IOException {
    return Documents.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_leadSomewhere(Path document) throws IOException {
    String text = CODE.matcher(Files.readString(document)).replaceAll("");

    for (MatchResult link : LINK.matcher(text).results().toList()) {
      String target = link.group(1);
      if (!target.matches("(https?|mailto):.*")) {
        assertLeads(document, target);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void samples_areRun(Path document) throws IOException {
    for (MatchResult sample : SAMPLE.matcher(Files.readString(document)).results().toList()) {
      String above = sample.group(1);
      switch (sample.group(2)) {
        case "xml" -> assertOurs(document, sample.group(3));
        // OnlookerAutoConfigurationTest and the starter's ReadmeTest start with these.
        case "properties" -> assertThat(above).as(document + "").isEqualTo("<!-- spring-boot -->");
        default -> assertThat(above).as(document + "").matches("<!-- snippet: \\S+ -->");
      }
    }
    for (Snippets.Shown shown : Snippets.shown(document)) {
      Path module = Documents.root().resolve(shown.module());
      assertThat(Snippets.marked(module)).containsEntry(shown.name(), shown.text());
    }
  }

  /** What every SDK module's README tells: how to depend on it, and which versions it is for. */
  @Test
  void modules_haveReadmesOfOneShape() throws IOException {
    List<Path> listings = Documents.files(Documents.root(), "/api.txt");

    assertThat(listings).hasSizeGreaterThan(8);
    for (Path listing : listings) {
      String module = Documents.root().relativize(listing).getName(0).toString();
      String artifact = module.equals("onlooker-core") ? "onlooker" : module;
      assertThat(Files.readString(listing.resolveSibling("README.md")))
          .as(module)
          .startsWith("# " + artifact + "\n")
          .contains("<artifactId>" + artifact + "</artifactId>")
          .contains("The version comes from `onlooker-bom`")
          .contains("\n## Versions\n")
          .contains("| Java | 17 and later |");
    }
  }

  private static void assertLeads(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    String path = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
    Path file = path.isEmpty() ? document : document.resolveSibling(path).normalize();
    assertThat(file).as(document + ": " + target).exists();
    if (parts.length > 1 && file.toString().endsWith(".md")) {
      String anchor = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      assertThat(anchors(file)).as(document + ": " + target).contains(anchor);
    }
  }

  /** What a heading's link is called, as GitHub makes it. */
  static Set<String> anchors(Path file) throws IOException {
    String text = Files.readString(file);
    String prose = Pattern.compile("(?ms)^```.*?^```$").matcher(text).replaceAll("");
    Set<String> anchors = new HashSet<>();
    ANCHOR.matcher(prose).results().forEach(anchor -> anchors.add(anchor.group(1)));
    for (MatchResult heading : HEADING.matcher(prose).results().toList()) {
      String words = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
      String slug =
          words
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
              .replace(' ', '-');
      String unique = slug;
      for (int i = 1; !anchors.add(unique); i++) {
        unique = slug + "-" + i;
      }
    }
    return anchors;
  }

  /** A dependency that a document tells to add is one of those that the bill of materials has. */
  private static void assertOurs(Path document, String xml) throws IOException {
    String ours = Files.readString(Documents.root().resolve("onlooker-bom/pom.xml"));
    for (MatchResult artifact : ARTIFACT.matcher(xml).results().toList()) {
      String name = artifact.group(1);
      assertThat(name.equals("onlooker-bom") || ours.contains(artifact.group()))
          .as(document + ": " + name)
          .isTrue();
    }
  }
}
