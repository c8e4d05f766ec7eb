package io.onlooker.server.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a price table from JSON; decimals stay exact. */
final class PriceFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private PriceFile() {}

  /**
   * Reads the table.
   *
   * @throws IllegalArgumentException for a file with a missing or wrong member, or with two prices
   *     of a model on one day, naming it
   */
  static Prices read(byte[] file) {
    JsonNode root = JSON.readTree(file);
    List<Prices.Entry> entries = new ArrayList<>();
    for (JsonNode model : root.path("models")) {
      entries.add(new Prices.Entry(row(model), texts(model.path("aliases"))));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("models: none (expected: a list of price rows)");
    }
    requireOnePriceADay(entries.stream().map(Prices.Entry::row).toList());
    return new Prices(root.path("version").asString(""), entries);
  }

  /** Of two rows for one day nobody could say which is charged. */
  private static void requireOnePriceADay(List<PriceRow> rows) {
    Map<String, List<PriceRow>> seen = new HashMap<>();
    for (PriceRow row : rows) {
      String name = (row.provider() + "/" + row.model()).toLowerCase(Locale.ROOT);
      List<PriceRow> others = seen.computeIfAbsent(name, _ -> new ArrayList<>());
      others.stream()
          .filter(row::overlaps)
          .findFirst()
          .ifPresent(other -> {
            throw new IllegalArgumentException(
                name + ": " + period(other) + ", " + period(row) + " (expected: no day in two)");
          });
      others.add(row);
    }
  }

  private static String period(PriceRow row) {
    return Objects.requireNonNullElse(row.validFrom(), "always")
        + " to "
        + Objects.requireNonNullElse(row.validTo(), "further notice");
  }

  static PriceRow row(String json) {
    return row(JSON.readTree(json));
  }

  private static PriceRow row(JsonNode model) {
    List<PriceRow.Tier> tiers = new ArrayList<>();
    for (JsonNode tier : model.path("tiers")) {
      tiers.add(tier(tier));
    }
    LocalDate from = date(model.path("valid_from"));
    LocalDate to = date(model.path("valid_to"));
    if (from != null && to != null && !to.isAfter(from)) {
      throw new IllegalArgumentException(
          "valid_to: " + to + " (expected: a day after " + from + ")");
    }
    return new PriceRow(
        required(model, "provider"),
        required(model, "model"),
        from,
        to,
        prices(model),
        List.copyOf(tiers),
        texts(model.path("sources")),
        tokens(model.path("context_window")));
  }

  private static PriceRow.Tier tier(JsonNode tier) {
    String when = required(tier, "when");
    List<Condition> conditions =
        Arrays.stream(when.split(" && ", -1)).map(Condition::parse).toList();
    return new PriceRow.Tier(when, conditions, prices(tier));
  }

  private static Map<Meter, BigDecimal> prices(JsonNode from) {
    Map<Meter, BigDecimal> prices = new EnumMap<>(Meter.class);
    for (Meter meter : Meter.values()) {
      JsonNode price = from.path(meter.key());
      if (price.isNumber()) {
        prices.put(meter, price.decimalValue());
      }
    }
    return prices;
  }

  private static @Nullable LocalDate date(JsonNode day) {
    return day.isString() ? LocalDate.parse(day.asString()) : null;
  }

  private static @Nullable Long tokens(JsonNode number) {
    return number.isIntegralNumber() && number.longValue() > 0 ? (Long) number.longValue() : null;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString()));
    return List.copyOf(texts);
  }

  private static String required(JsonNode from, String member) {
    JsonNode value = from.path(member);
    if (!value.isString()) {
      throw new IllegalArgumentException(member + ": " + value + " (expected: text) in " + from);
    }
    return value.asString();
  }
}
