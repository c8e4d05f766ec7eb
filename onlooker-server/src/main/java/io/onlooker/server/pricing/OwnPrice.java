package io.onlooker.server.pricing;

import io.onlooker.server.cost.Meter;
import io.onlooker.server.cost.PriceRow;
import io.onlooker.server.http.HttpProblem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of prices that a project has set.
 *
 * @param json as it was sent and is kept
 */
public record OwnPrice(String id, ObjectNode json, PriceRow row) {

  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final int MOST_BYTES = 64 * 1024;
  private static final int LONGEST_NAME = 200;

  /** US dollars per million tokens; nobody takes as much. */
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  private static final List<String> NAMES = List.of("provider", "model", "valid_from", "valid_to");

  /**
   * Reads what somebody sent.
   *
   * @throws HttpProblem 400 that names what is wrong
   */
  public static OwnPrice read(String id, byte[] body) {
    if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
      throw wrong("id", id, "1 to 64 letters, digits, dots, dashes or underscores");
    }
    if (body.length > MOST_BYTES) {
      String size = body.length + " bytes (expected: at most " + MOST_BYTES + ")";
      throw new HttpProblem(413, "Body too large", "body: " + size);
    }
    ObjectNode json = parse(body);
    check(json);
    return kept(id, json);
  }

  static OwnPrice kept(String id, ObjectNode json) {
    return new OwnPrice(id, json, PriceRow.parse(json.toString()));
  }

  private static ObjectNode parse(byte[] body) {
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException _) {
      // Told below, as a body that is no object is.
    }
    throw new HttpProblem(400, "Bad price", "body: not JSON (expected: an object)");
  }

  private static void check(ObjectNode json) {
    Set<String> meters = new TreeSet<>();
    for (Meter meter : Meter.values()) {
      meters.add(meter.key());
    }
    Set<String> given = new HashSet<>();
    for (String name : json.propertyNames()) {
      if (meters.contains(name)) {
        checkAmount(name, json.path(name));
        given.add(name);
      } else if (!NAMES.contains(name)) {
        throw wrong("member", name, "one of " + NAMES + " or a price: " + meters);
      }
    }
    if (!given.contains("input") && !given.contains("output")) {
      throw wrong("input, output", "neither", "at least one, in US dollars per million tokens");
    }
    name(json, "provider");
    name(json, "model");
    LocalDate from = day(json, "valid_from");
    LocalDate to = day(json, "valid_to");
    if (from != null && to != null && !from.isBefore(to)) {
      throw wrong("valid_to", to.toString(), "after valid_from, " + from);
    }
  }

  private static void checkAmount(String name, JsonNode node) {
    BigDecimal amount = node.isNumber() ? node.decimalValue() : BigDecimal.ONE.negate();
    if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
      throw wrong(name, node.toString(), "0 to " + MOST + " US dollars per million tokens");
    }
  }

  private static void name(ObjectNode json, String member) {
    JsonNode node = json.path(member);
    boolean text = node.isString() && !node.stringValue().isBlank();
    if (!text || node.stringValue().length() > LONGEST_NAME) {
      throw wrong(member, node.toString(), "1 to " + LONGEST_NAME + " characters");
    }
    boolean provider = member.equals("provider");
    String plain = node.stringValue().strip();
    json.put(member, provider ? plain.toLowerCase(Locale.ROOT) : plain);
  }

  private static @org.jspecify.annotations.Nullable LocalDate day(ObjectNode json, String member) {
    JsonNode node = json.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    try {
      return LocalDate.parse(node.asString());
    } catch (DateTimeException e) {
      throw wrong(member, node.toString(), "a day such as 2026-11-20");
    }
  }

  static HttpProblem wrong(String name, String value, String expected) {
    return new HttpProblem(400, "Bad price", name + ": " + value + " (expected: " + expected + ")");
  }
}
