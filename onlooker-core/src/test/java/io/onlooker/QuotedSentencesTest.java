package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/troubleshooting.md} says that Onlooker says is said in the code. */
class QuotedSentencesTest {

  private static final Path PAGE = Path.of("docs", "troubleshooting.md");
  private static final Pattern QUOTED = Pattern.compile("^\\| `([^`]+)` \\|.*");

  /** Literals that are one text when the program runs, and the values between them. */
  private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

  @Test
  void sentences_areInTheCode() throws IOException {
    String code = code();
    Set<String> unknown = new TreeSet<>();
    List<String> sentences = sentences();
    for (String sentence : sentences) {
      for (String piece : sentence.split("…", -1)) {
        if (!piece.isBlank() && !code.contains(piece.strip())) {
          unknown.add(sentence + " — " + piece);
        }
      }
    }
    assertThat(sentences).hasSizeGreaterThan(20);
    assertThat(unknown).isEmpty();
  }

  private static List<String> sentences() throws IOException {
    List<String> sentences = new ArrayList<>();
    boolean quoting = false;
    for (String line : Files.readAllLines(Documents.root().resolve(PAGE))) {
      quoting = line.startsWith("|") && (quoting || line.startsWith("| it says |"));
      var quoted = QUOTED.matcher(line);
      if (quoting && quoted.matches()) {
        // An ellipsis within parentheses is one that the code prints.
        sentences.add(quoted.group(1).replace("(…)", "(\0)"));
      }
    }
    return sentences;
  }

  private static String code() throws IOException {
    StringBuilder code = new StringBuilder(Files.readString(Documents.root().resolve("onlooker")));
    for (Path module : Documents.files(Documents.root(), "pom.xml")) {
      Path sources = module.resolveSibling("src/main/java");
      if (Files.isDirectory(sources)) {
        for (Path file : Documents.files(sources, ".java")) {
          code.append(Files.readString(file));
        }
      }
    }
    return JOINED.matcher(code).replaceAll("").replace("(…)", "(\0)").replace("\\\"", "\"");
  }
}
