package io.onlooker.server.web;

import io.onlooker.server.cost.Meter;
import io.onlooker.server.cost.PriceRow;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.Request;
import io.onlooker.store.Store;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/** The price table, and the models that were called and are not in it. */
final class PriceList {

  private final IntFunction<Prices> prices;
  private final Store store;

  PriceList(IntFunction<Prices> prices, Store store) {
    this.prices = prices;
    this.store = store;
  }

  /** A row and its place in the list. */
  private record Line(int number, PriceRow row) {}

  private static final List<Column<Line>> COLUMNS =
      List.of(
          Column.text("model", "Model", "", line -> Cell.of(line.row().model())),
          Column.text("provider", "Provider", "c-agent", line -> Cell.of(line.row().provider())),
          price("in", "In / M", Meter.INPUT),
          price("cached", "Cached / M", Meter.CACHED_INPUT),
          price("write", "Write / M", Meter.CACHE_WRITE_5M),
          price("out", "Out / M", Meter.OUTPUT),
          Column.text(
              "from",
              "Valid from",
              "c-cost",
              line ->
                  Cell.of(line.row().validFrom() == null ? "" : line.row().validFrom().toString())),
          Column.text(
              "to",
              "until",
              "c-cost",
              line -> Cell.of(line.row().validTo() == null ? "" : line.row().validTo().toString())),
          Column.text("source", "Source", "c-where", line -> source(line)));

  Table table(Frame frame, int project, Request request) {
    Ask ask = Ask.of(request, frame.links().one("settings", "prices"), "", frame.now());
    String wanted = ask.query().toLowerCase(Locale.ROOT);
    List<Line> lines = new ArrayList<>();
    for (PriceRow row : prices.apply(project).rows()) {
      String name = (row.provider() + " " + row.model()).toLowerCase(Locale.ROOT);
      if (name.contains(wanted)) {
        lines.add(new Line(lines.size() + 1, row));
      }
    }
    return Column.table(
        "Prices", "prices", ask, COLUMNS, lines, line -> "p" + line.number(), _ -> null);
  }

  /**
   * A model that was called without a known cost.
   *
   * @param link opens the form for its price
   */
  record Missing(String model, String calls, String link) {}

  /** Called in the last week without a known cost, the most frequent first. */
  List<Missing> missing(Frame frame, int project) {
    Range week = new Range("", frame.now().minus(Duration.ofDays(7)), frame.now().plusSeconds(1));
    return Model.read(new Figures(store, project), "has:onlooker.cost.missing", week, 20).stream()
        .map(model ->
            new Missing(model.name(), Show.count(model.unpriced()), form(frame.links(), model)))
        .toList();
  }

  /** Leads to the form for a price of this model. */
  static String form(Links links, Model model) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("model", model.name());
    named.put("provider", Objects.requireNonNullElse(model.provider(), ""));
    return Links.with(links.one("settings", "prices"), named) + "#own";
  }

  private static Column<Line> price(String key, String label, Meter meter) {
    return Column.number(
        key,
        label,
        "c-cost",
        line -> {
          BigDecimal price = line.row().prices().get(meter);
          return Cell.of(price == null ? "" : "$" + price.toPlainString());
        });
  }

  private static Cell source(Line line) {
    List<String> sources = line.row().sources();
    return sources.isEmpty() ? Cell.of("") : Cell.of(sources.getFirst(), sources.getFirst());
  }
}
