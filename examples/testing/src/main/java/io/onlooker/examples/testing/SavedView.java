package io.onlooker.examples.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A metric to monitor of seed 002, as the server's pages offer it: read from the very file that
 * they show.
 *
 * @param part of an application that it is about
 */
record SavedView(
    String part, String title, String query, List<String> aggregates, List<String> by) {

  private static final Path FILE =
      Path.of("../../onlooker-store/src/main/resources/io/onlooker/store/query/saved.tsv");

  /** Those of a part, in the seed's order. */
  static List<SavedView> of(String part) throws IOException {
    List<SavedView> views = new ArrayList<>();
    String current = "";
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("[")) {
        current = line.substring(1, line.length() - 1);
      } else if (!line.startsWith("#") && current.equals(part)) {
        String[] columns = line.split("\t", -1);
        views.add(
            new SavedView(part, columns[0], columns[1], parts(columns[2]), parts(columns[3])));
      }
    }
    return views;
  }

  private static List<String> parts(String column) {
    return Stream.of(column.split(";", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
