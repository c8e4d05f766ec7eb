package io.onlooker.store.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question about spans that is worth asking again.
 *
 * @param part of an application that it is about
 * @param aggregates at least one
 * @param by what to group by; may be empty
 */
public record SavedQuery(
    String part, String title, String query, List<String> aggregates, List<String> by) {

  private static final String FILE = "saved.tsv";

  private static final List<SavedQuery> SHIPPED = read();

  public SavedQuery {
    aggregates = List.copyOf(aggregates);
    by = List.copyOf(by);
  }

  /** The "metrics to monitor" of seed 002, in its order. */
  public static List<SavedQuery> shipped() {
    return SHIPPED;
  }

  private static List<SavedQuery> read() {
    try (InputStream file = SavedQuery.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + ": missing (expected: in the store's jar)");
      }
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  private static List<SavedQuery> parse(String text) {
    List<SavedQuery> queries = new ArrayList<>();
    String part = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("[")) {
        part = line.substring(1, line.length() - 1);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] columns = line.split("\t", -1);
        queries.add(
            new SavedQuery(part, columns[0], columns[1], parts(columns[2]), parts(columns[3])));
      }
    }
    return List.copyOf(queries);
  }

  private static List<String> parts(String column) {
    return Stream.of(column.split(";", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
