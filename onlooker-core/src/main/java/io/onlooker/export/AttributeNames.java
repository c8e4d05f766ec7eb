package io.onlooker.export;

/**
 * Which spelling of an attribute goes on the wire where seed 000 and today's GenAI conventions
 * differ ({@code gen_ai.system} and {@code gen_ai.provider.name}).
 */
public enum AttributeNames {
  /** The names of seed 000. */
  SEED,
  /** The names of {@link io.onlooker.GenAi}. */
  CURRENT,
  /** Each value under both names: every reader finds it. */
  BOTH
}
