package io.onlooker.export;

import static java.util.Map.entry;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one table of attributes that seed 000 and today's conventions spell differently. */
final class Spelling {

  static final String SEED_COMPLETION_START = "gen_ai.completion_start_time";

  /** Seed 000's name to today's, where both mean the same value. */
  private static final Map<String, String> CURRENT =
      Map.ofEntries(
          entry("gen_ai.system", GenAi.PROVIDER_NAME),
          entry("gen_ai.request.messages", GenAi.INPUT_MESSAGES),
          entry("gen_ai.agent.instructions", GenAi.SYSTEM_INSTRUCTIONS),
          entry("gen_ai.tool.input", GenAi.TOOL_CALL_ARGUMENTS),
          entry("gen_ai.tool.output", GenAi.TOOL_CALL_RESULT),
          entry(GenAi.REQUEST_STREAM, GenAi.RESPONSE_STREAMING));

  private static final Map<String, String> SEED =
      CURRENT.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private final AttributeNames names;
  private final Function<String, String> chosen;

  Spelling(AttributeNames names) {
    this.names = names;
    this.chosen =
        switch (names) {
          case SEED -> name -> SEED.getOrDefault(name, name);
          case CURRENT -> name -> CURRENT.getOrDefault(name, name);
          case BOTH -> name -> name;
        };
  }

  boolean seed() {
    return names != AttributeNames.CURRENT;
  }

  boolean current() {
    return names != AttributeNames.SEED;
  }

  /** Whether the value is there under either name. */
  static boolean has(Attributes.Builder attributes, String name) {
    String twin = twin(name);
    return attributes.has(name) || (twin != null && attributes.has(twin));
  }

  /** Puts what the application set: the chosen names replace what is there. */
  void put(Attributes.Builder to, String name, Object value) {
    to.put(chosen.apply(name), value);
    twin(to, name, value);
  }

  /** Puts what was derived, unless the application set the value under either name. */
  void derive(Attributes.Builder to, String name, @Nullable Object value) {
    if (value != null && !has(to, name)) {
      put(to, name, value);
    }
  }

  private void twin(Attributes.Builder to, String name, Object value) {
    if (names == AttributeNames.BOTH) {
      String twin = twin(name);
      if (twin != null) {
        to.putIfAbsent(twin, value);
      }
    }
  }

  private static @Nullable String twin(String name) {
    String current = CURRENT.get(name);
    return current == null ? SEED.get(name) : current;
  }
}
