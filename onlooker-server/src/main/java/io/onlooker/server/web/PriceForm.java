package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.pricing.OwnPrice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A price as somebody types it.
 *
 * @param amounts in US dollars per million tokens, as typed
 * @param from the first day, or empty for all the past
 */
record PriceForm(String provider, String model, List<Amount> amounts, String from) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_ID = 64;

  /**
   * What one kind of token costs.
   *
   * @param meter the name in a price file
   */
  record Amount(String meter, String label, String typed) {}

  private static final List<Amount> EMPTY =
      List.of(
          new Amount("input", "In", ""),
          new Amount("cached_input", "Cached in", ""),
          new Amount("cache_write", "Cache write", ""),
          new Amount("output", "Out", ""));

  /** What the form holds: what was sent and refused, else what a link names. */
  static PriceForm of(Request request, FormBody form) {
    return form.text("do").equals("set-price")
        ? sent(form)
        : new PriceForm(named(request, "provider"), named(request, "model"), EMPTY, "");
  }

  /** What was sent. */
  static PriceForm sent(FormBody form) {
    return new PriceForm(form.text("provider"), form.text("model"), typed(form), form.text("from"));
  }

  private static List<Amount> typed(FormBody form) {
    return EMPTY.stream()
        .map(one -> new Amount(one.meter(), one.label(), form.text(one.meter())))
        .toList();
  }

  private static String named(Request request, String parameter) {
    String value = request.parameter(parameter);
    return value == null ? "" : value;
  }

  /**
   * The row that it asks for.
   *
   * @throws HttpProblem 400 that names what is wrong
   */
  OwnPrice price() {
    ObjectNode json = JSON.createObjectNode();
    json.put("provider", provider.strip()).put("model", model.strip());
    for (Amount amount : amounts) {
      if (!amount.typed().isBlank()) {
        json.put(amount.meter(), number(amount));
      }
    }
    if (!from.isBlank()) {
      json.put("valid_from", from.strip());
    }
    return OwnPrice.read(id(), json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The same row until a day. */
  static OwnPrice ended(OwnPrice price, LocalDate to) {
    ObjectNode json = price.json().deepCopy().put("valid_to", to.toString());
    return OwnPrice.read(price.id(), json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static BigDecimal number(Amount amount) {
    try {
      return new BigDecimal(amount.typed().strip().replace("$", ""));
    } catch (NumberFormatException _) {
      throw new HttpProblem(
          400,
          "Bad price",
          amount.label()
              + ": "
              + amount.typed()
              + " (expected: US dollars per million tokens, such as 2.50)");
    }
  }

  private String id() {
    String name = String.join("-", provider, model, from).toLowerCase(Locale.ROOT);
    String id = name.replaceAll("[^a-z0-9._-]+", "-").replaceAll("-+$", "");
    return id.isEmpty() ? "price" : id.substring(0, Math.min(LONGEST_ID, id.length()));
  }
}
