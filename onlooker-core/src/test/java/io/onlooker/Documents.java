package io.onlooker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The Markdown files of the repository, and what else of it tests of documents read. */
public final class Documents {

  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".onlooker");

  private Documents() {}

  /** The repository's folder, seen from any module's. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      Path above = folder.getParent();
      if (above == null) {
        throw new IllegalStateException("mvnw: in no folder above " + Path.of("").toAbsolutePath());
      }
      folder = above;
    }
    return folder;
  }

  /** Every document, in the order of their names. */
  public static List<Path> all() throws IOException {
    return files(root(), ".md");
  }

  /** The files below a folder whose names end so; what a build or npm made is left out. */
  public static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .sorted()
          .flatMap(path -> Files.isDirectory(path) ? below(path, ending) : Stream.of(path))
          .filter(path -> path.toString().endsWith(ending))
          .toList();
    }
  }

  private static Stream<Path> below(Path folder, String ending) {
    if (NOT_OURS.contains(folder.getFileName().toString())) {
      return Stream.empty();
    }
    try {
      return files(folder, ending).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
