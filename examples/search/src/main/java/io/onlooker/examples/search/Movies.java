package io.onlooker.examples.search;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What stands in for a search engine: as fast, as slow and as picky. */
final class Movies {

  private static final List<String> TITLES =
      List.of(
          "Inception",
          "Interstellar",
          "Inside Out",
          "Insomnia",
          "The Matrix",
          "Star Wars",
          "Stardust",
          "The Godfather",
          "Casablanca",
          "Metropolis");

  private static final int STEP_MS = 20;
  private static final int SCAN_STEPS = 100;
  private static final int PATIENT_STEPS = 5;

  /** Short queries look at the beginning of titles, longer ones forgive. */
  static String mode(String query) {
    return query.length() < 3 ? "prefix" : "fuzzy";
  }

  /**
   * Finds titles; for each {@code *} in the query it reads everything, which takes two seconds.
   *
   * @param wanted asked now and then by a search that takes long
   * @throws CancellationException when it was not wanted any more
   * @throws IllegalArgumentException for a quote without its other half
   */
  List<String> search(String query, BooleanSupplier wanted) {
    if (count(query, '"') % 2 == 1) {
      throw new IllegalArgumentException("query: " + query + " (expected: quotes in pairs)");
    }
    int steps = Math.max(1, SCAN_STEPS * Math.toIntExact(count(query, '*')));
    for (int step = 0; step < steps; step++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MS));
      if (step > PATIENT_STEPS && !wanted.getAsBoolean()) {
        throw new CancellationException("the page hung up");
      }
    }
    String text = query.replace("*", "").replace("\"", "").toLowerCase(Locale.ROOT);
    return TITLES.stream().filter(title -> matches(title.toLowerCase(Locale.ROOT), text)).toList();
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static boolean matches(String title, String text) {
    return mode(text).equals("prefix") ? title.startsWith(text) : title.contains(text);
  }
}
