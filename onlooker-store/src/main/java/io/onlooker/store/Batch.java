package io.onlooker.store;

import io.onlooker.Item;
import java.util.List;

/** Items of one project that were accepted together. */
public record Batch(int project, List<Item> items) {

  public Batch {
    items = List.copyOf(items);
  }
}
