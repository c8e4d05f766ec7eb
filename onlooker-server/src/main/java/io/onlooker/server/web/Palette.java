package io.onlooker.server.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The five colours that name things in charts. A name keeps its colour on every page: its hash
 * chooses, and of two that choose the same the one of higher rank has it.
 */
record Palette(Map<String, String> byName) {

  static final int SERIES = 5;
  static final String OTHER = "so";

  /**
   * @param names best first
   */
  static Palette of(List<String> names) {
    Map<String, String> byName = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (String name : names.stream().limit(SERIES).toList()) {
      int slot = Math.floorMod((name.hashCode() * 61) >>> 16, SERIES);
      while (!taken.add(slot)) {
        slot = (slot + 1) % SERIES;
      }
      byName.put(name, "s" + (slot + 1));
    }
    return new Palette(byName);
  }

  String css(String name) {
    return byName.getOrDefault(name, OTHER);
  }
}
