package io.onlooker.server.cost;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the model that a client's name means.
 *
 * @param rows one for each period, none overlapping
 * @param flags what had to be assumed to find it, in words
 */
public record PriceMatch(String provider, String model, List<PriceRow> rows, List<String> flags) {

  /** The row that held at this time, or null. */
  public @Nullable PriceRow at(Instant time) {
    return rows.stream().filter(row -> row.validAt(time)).findFirst().orElse(null);
  }
}
