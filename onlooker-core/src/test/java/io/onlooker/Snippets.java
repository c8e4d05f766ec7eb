package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The samples of documents are those that tests run. In a test a sample stands between {@code //
 * snippet: NAME} and {@code // end}; in a document {@code <!-- snippet: MODULE/NAME -->} stands
 * above it, or {@code <!-- snippet: NAME -->} in the module's own README. {@code ./mvnw test -pl
 * MODULE -Dtest=SnippetsTest -Dsnippets=write} copies a module's samples into all documents.
 */
public final class Snippets {

  private static final Pattern MARKED =
      Pattern.compile("( *)// snippet: ([a-z0-9-]+)\n(.*?)\n *// end\n", Pattern.DOTALL);
  private static final Pattern SHOWN =
      Pattern.compile("<!-- snippet: ([a-z0-9/-]+) -->\n```(\\w+)\n(.*?)```\n", Pattern.DOTALL);

  /** A sample in a document. */
  record Shown(String module, String name, String text) {}

  private Snippets() {}

  /** Fails when documents show other samples of the module than those its tests run. */
  public static void check() throws IOException {
    Path root = Documents.root();
    Path module = root.relativize(Path.of("").toAbsolutePath());
    Map<String, String> run = marked(root.resolve(module));
    if ("write".equals(System.getProperty("snippets"))) {
      write(module.toString(), run);
    }

    Set<String> seen = new TreeSet<>();
    for (Path document : Documents.all()) {
      for (Shown shown : shown(document)) {
        if (shown.module().equals(module.toString())) {
          assertThat(shown.text())
              .as(root.relativize(document) + ": " + shown.name())
              .isEqualTo(run.get(shown.name()));
          seen.add(shown.name());
        }
      }
    }
    assertThat(seen).as("samples that a document shows").isEqualTo(run.keySet());
  }

  /** The samples that a module's tests run, by name. */
  static Map<String, String> marked(Path module) throws IOException {
    Map<String, String> samples = new TreeMap<>();
    for (Path source : sources(module)) {
      for (MatchResult mark : MARKED.matcher(Files.readString(source)).results().toList()) {
        String text = mark.group(3).replaceAll("(?m)^" + mark.group(1), "").strip() + "\n";
        assertThat(samples.put(mark.group(2), text)).as("a second " + mark.group(2)).isNull();
      }
    }
    return samples;
  }

  /** The samples that a document shows. */
  static List<Shown> shown(Path document) throws IOException {
    return SHOWN
        .matcher(Files.readString(document))
        .results()
        .map(match ->
            new Shown(module(document, match.group(1)), name(match.group(1)), match.group(3)))
        .toList();
  }

  private static List<Path> sources(Path module) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of("src/test/java", "src/test/clients")) {
      if (Files.isDirectory(module.resolve(folder))) {
        sources.addAll(Documents.files(module.resolve(folder), ""));
      }
    }
    return sources;
  }

  private static void write(String module, Map<String, String> run) throws IOException {
    for (Path document : Documents.all()) {
      String text = Files.readString(document);
      String filled = SHOWN.matcher(text).replaceAll(block -> filled(block, document, module, run));
      if (!filled.equals(text)) {
        Files.writeString(document, filled);
      }
    }
  }

  private static String filled(
      MatchResult block, Path document, String module, Map<String, String> run) {
    String text = run.get(name(block.group(1)));
    boolean own = module(document, block.group(1)).equals(module);
    return Matcher.quoteReplacement(
        own && text != null
            ? "<!-- snippet: "
                + block.group(1)
                + " -->\n```"
                + block.group(2)
                + "\n"
                + text
                + "```\n"
            : block.group());
  }

  private static String module(Path document, String label) {
    int slash = label.lastIndexOf('/');
    return slash >= 0
        ? label.substring(0, slash)
        : Documents.root().relativize(document.toAbsolutePath().getParent()).toString();
  }

  private static String name(String label) {
    return label.substring(label.lastIndexOf('/') + 1);
  }
}
