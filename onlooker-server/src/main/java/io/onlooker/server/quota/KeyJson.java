package io.onlooker.server.quota;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.KeyUse;
import io.onlooker.server.access.NewKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Keys as API and commands show them; the credential itself is seen once, when it is made. */
public final class KeyJson {

  private static final int DAYS = 7;

  private KeyJson() {}

  /** All of these keys, in the member {@code keys}. */
  public static ObjectNode list(Access access, List<Key> keys) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("keys");
    keys.forEach(key -> list.add(of(access, key)));
    return answer;
  }

  public static ObjectNode of(Access access, Key key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    KeyUse.Seen seen = access.use().seen(key.id());
    json.put("id", key.id());
    json.put("project", key.project());
    json.put("scope", key.scope().label());
    json.put("label", key.label());
    json.put("hint", key.hint());
    json.put("created", key.created().toString());
    json.put("disabled", text(key.disabled()));
    json.put("limits", key.limits());
    json.put("last_used", text(seen.used()));
    json.put("last_accepted", text(seen.accepted()));
    return json;
  }

  /** With the credential, in the member {@code key}. */
  public static ObjectNode of(Access access, NewKey made) {
    return of(access, made.key()).put("key", made.text());
  }

  /** With what came with it in the last seven days, today among them. */
  static ObjectNode withUse(Access access, Key key, LocalDate today) {
    ObjectNode json = of(access, key);
    ArrayNode use = json.putArray("use");
    Comparator<KeyUse.Entry> order =
        Comparator.comparingLong(KeyUse.Entry::day)
            .reversed()
            .thenComparing(KeyUse.Entry::category)
            .thenComparing(KeyUse.Entry::outcome);
    access.use().since(key.id(), today.minusDays(DAYS - 1)).entrySet().stream()
        .sorted(Map.Entry.comparingByKey(order))
        .forEach(entry ->
            use.addObject()
                .put("day", LocalDate.ofEpochDay(entry.getKey().day()).toString())
                .put("category", entry.getKey().category())
                .put("outcome", entry.getKey().outcome())
                .put("quantity", entry.getValue()));
    return json;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
