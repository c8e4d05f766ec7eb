package io.onlooker.server.pricing;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Setting;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.HttpProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The price table of each project: the shipped one with the rows that the project has set. What a
 * row was before is kept. Safe for many threads.
 */
public final class OwnPrices {

  private static final String NAME = "prices";
  private static final int MOST_ROWS = 500;
  private static final int ATTEMPTS = 10;

  private final Access access;
  private final Prices shipped;
  private final Map<Integer, Known> known = new ConcurrentHashMap<>();

  private record Known(long version, Prices prices) {}

  public OwnPrices(Access access, Prices shipped) {
    this.access = access;
    this.shipped = shipped;
  }

  /** The prices that hold for the project now. */
  public Prices of(int project) {
    Known before = known.get(project);
    return before == null ? reload(project) : before.prices();
  }

  private Prices reload(int project) {
    Setting setting = access.setting(project, NAME);
    long version = setting == null ? 0 : setting.version();
    Prices prices =
        shipped.with("own" + version, rows(setting).values().stream().map(OwnPrice::row).toList());
    known.put(project, new Known(version, prices));
    return prices;
  }

  Prices shipped() {
    return shipped;
  }

  /** The project's own rows, by id. */
  public Map<String, OwnPrice> rows(int project) {
    return rows(access.setting(project, NAME));
  }

  /** What a row was, the newest first; empty for one that never was. */
  List<JsonNode> versions(int project, String id) {
    List<JsonNode> versions = new ArrayList<>();
    for (JsonNode entry : json(access.setting(project, NAME)).path("history")) {
      if (entry.path("id").asString("").equals(id)) {
        versions.addFirst(entry);
      }
    }
    return versions;
  }

  /**
   * Sets a row.
   *
   * @throws HttpProblem 409 when another row of the same model holds on some of its days
   */
  public void put(int project, OwnPrice price, Instant now) {
    change(
        project,
        (rows, history) -> {
          for (OwnPrice other : rows.values()) {
            if (!other.id().equals(price.id()) && other.row().overlaps(price.row())) {
              throw new HttpProblem(
                  409,
                  "Overlapping prices",
                  "valid_from, valid_to: %s to %s (expected: no day of row %s, %s to %s)"
                      .formatted(
                          price.row().validFrom(),
                          price.row().validTo(),
                          other.id(),
                          other.row().validFrom(),
                          other.row().validTo()));
            }
          }
          rows.put(price.id(), price);
          if (rows.size() > MOST_ROWS) {
            throw OwnPrice.wrong("rows", Integer.toString(rows.size()), "at most " + MOST_ROWS);
          }
          note(history, price.id(), now, price.json());
        });
  }

  /** Takes a row away; false when there is none. */
  public boolean remove(int project, String id, Instant now) {
    boolean[] removed = new boolean[1];
    change(
        project,
        (rows, history) -> {
          removed[0] = rows.remove(id) != null;
          if (removed[0]) {
            note(history, id, now, null);
          }
        });
    return removed[0];
  }

  private static void note(ArrayNode history, String id, Instant now, @Nullable ObjectNode price) {
    ObjectNode entry = history.addObject().put("id", id).put("at", now.toString());
    entry.set("price", price);
  }

  private interface Change {
    void make(Map<String, OwnPrice> rows, ArrayNode history);
  }

  /** Again when another server or command was faster. */
  private void change(int project, Change change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Setting before = access.setting(project, NAME);
      Map<String, OwnPrice> rows = rows(before);
      ObjectNode json = json(before);
      ArrayNode history = json.withArray("history");
      change.make(rows, history);
      ObjectNode kept = json.putObject("rows");
      rows.forEach((id, price) -> kept.set(id, price.json()));
      long version = before == null ? 0 : before.version();
      if (access.putSetting(project, NAME, json.toString(), version)) {
        reload(project);
        return;
      }
    }
    throw new HttpProblem(409, "Changed meanwhile", "prices: changed by others (expected: again)");
  }

  private static Map<String, OwnPrice> rows(@Nullable Setting setting) {
    Map<String, OwnPrice> rows = new TreeMap<>();
    for (Map.Entry<String, JsonNode> row : json(setting).path("rows").properties()) {
      rows.put(row.getKey(), OwnPrice.kept(row.getKey(), (ObjectNode) row.getValue()));
    }
    return rows;
  }

  private static ObjectNode json(@Nullable Setting setting) {
    return setting == null
        ? OwnPrice.JSON.createObjectNode()
        : (ObjectNode) OwnPrice.JSON.readTree(setting.value());
  }
}
