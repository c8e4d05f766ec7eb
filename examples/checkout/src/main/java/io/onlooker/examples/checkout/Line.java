package io.onlooker.examples.checkout;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A line of a cart. */
record Line(String productId, int quantity) {

  /** The lines of a JSON array; none when it is something else. */
  static List<Line> of(JsonNode items) {
    return items
        .valueStream()
        .map(item -> new Line(item.path("productId").asString(""), item.path("quantity").asInt(0)))
        .toList();
  }
}
