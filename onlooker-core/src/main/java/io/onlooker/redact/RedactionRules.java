package io.onlooker.redact;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to redact, and what to put in its place. Immutable.
 *
 * <p>Keys that are named like secrets ({@code password}, {@code apiKey}, {@code authorization} …)
 * hide their values whatever the rules say.
 *
 * @param version tells these rules from others; a server's {@code ETag}, or null
 * @param kinds what to find, each with what to put in its place; a kind that is missing stays
 * @param patterns what else to find
 * @param hiddenPaths what never leaves, whatever it holds: an attribute's key, or a way into the
 *     content such as {@code input.customer.address} or {@code metadata.note}; {@code *} stands for
 *     any one name
 * @param secretKeys further names of keys whose values are secrets; case and signs do not matter
 */
public record RedactionRules(
    @Nullable String version,
    Map<PiiKind, RedactionMode> kinds,
    List<Pattern> patterns,
    Set<String> hiddenPaths,
    Set<String> secretKeys) {

  private static final int MOST_PATTERNS = 50;
  private static final int MOST_NAMES = 1000;

  /** Every kind, its label in its place. */
  public static final RedactionRules BUILT_IN = builder().build();

  /**
   * @throws InvalidPatternException for a pattern that cannot be followed
   * @throws IllegalArgumentException for too many rules, or two patterns of one name
   */
  public RedactionRules {
    kinds = kinds.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(kinds));
    patterns = List.copyOf(patterns);
    hiddenPaths = Collections.unmodifiableSet(new LinkedHashSet<>(hiddenPaths));
    secretKeys = Collections.unmodifiableSet(new LinkedHashSet<>(secretKeys));
    atMost("patterns", patterns.size(), MOST_PATTERNS);
    atMost("hide", hiddenPaths.size(), MOST_NAMES);
    atMost("secretKeys", secretKeys.size(), MOST_NAMES);
    distinct(patterns);
  }

  /** Starts from every kind with its label. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads rules from JSON, as {@code docs/privacy.md} describes it.
   *
   * @throws IllegalArgumentException naming what is wrong, its value and what was expected
   */
  public static RedactionRules parse(String json) {
    return RulesJson.read(json);
  }

  /** The rules as JSON that {@link #parse} reads. */
  public String toJson() {
    return RulesJson.write(this);
  }

  private static void atMost(String name, int size, int most) {
    if (size > most) {
      throw new IllegalArgumentException(name + ": " + size + " (expected: " + most + " at most)");
    }
  }

  private static void distinct(List<Pattern> patterns) {
    Set<String> names = new HashSet<>();
    for (Pattern pattern : patterns) {
      if (!names.add(pattern.name())) {
        throw new IllegalArgumentException(
            "patterns: " + pattern.name() + " twice (expected: one pattern per name)");
      }
    }
  }

  /**
   * A pattern of the user's own.
   *
   * @param name what a finding is called, and its label: capitals, digits and underscores
   * @param pattern a regular expression without look-around and back-references; the longest match
   *     counts
   * @param mode what to put in its place
   */
  public record Pattern(String name, String pattern, RedactionMode mode) {

    private static final int LONGEST_NAME = 40;

    /**
     * @throws InvalidPatternException for a pattern that cannot be followed
     * @throws IllegalArgumentException for a name of another shape, or one of a {@link PiiKind}
     */
    public Pattern {
      requireNonNull(mode, "mode");
      if (!isName(name) || isTaken(name)) {
        throw new IllegalArgumentException(
            "pattern name: \""
                + name
                + "\" (expected: 1 to 40 of A-Z, 0-9 and _, a letter first, and no built-in kind)");
      }
      OwnPattern.compile(pattern);
    }

    private static boolean isName(String name) {
      boolean valid =
          !name.isEmpty() && name.length() <= LONGEST_NAME && Chars.is(name.charAt(0), Chars.UPPER);
      for (int i = 0; i < name.length(); i++) {
        valid &= Chars.is(name.charAt(i), Chars.UPPER | Chars.DIGIT | Chars.LOW_LINE);
      }
      return valid;
    }

    private static boolean isTaken(String name) {
      return PiiKind.named(name) != null || Receipt.RESERVED.contains(name);
    }
  }

  /** Collects rules. Not thread-safe. */
  public static final class Builder {

    private @Nullable String version;
    private final Map<PiiKind, RedactionMode> kinds = new EnumMap<>(PiiKind.class);
    private final List<Pattern> patterns = new ArrayList<>();
    private final Set<String> hiddenPaths = new LinkedHashSet<>();
    private final Set<String> secretKeys = new LinkedHashSet<>();

    private Builder() {
      for (PiiKind kind : PiiKind.values()) {
        kinds.put(kind, RedactionMode.LABEL);
      }
    }

    public Builder version(@Nullable String version) {
      this.version = version;
      return this;
    }

    /** Finds the kind and treats it so. */
    public Builder kind(PiiKind kind, RedactionMode mode) {
      kinds.put(kind, requireNonNull(mode, "mode"));
      return this;
    }

    /** Lets the kind stay. */
    public Builder without(PiiKind kind) {
      kinds.remove(kind);
      return this;
    }

    /**
     * Finds a pattern and puts its name in its place.
     *
     * @throws IllegalArgumentException as {@link Pattern} does
     */
    public Builder pattern(String name, String pattern) {
      return pattern(name, pattern, RedactionMode.LABEL);
    }

    /**
     * Finds a pattern.
     *
     * @throws IllegalArgumentException as {@link Pattern} does
     */
    public Builder pattern(String name, String pattern, RedactionMode mode) {
      patterns.add(new Pattern(name, pattern, mode));
      return this;
    }

    /** Hides an attribute, or a part of the content. */
    public Builder hide(String path) {
      hiddenPaths.add(requireNonNull(path, "path"));
      return this;
    }

    /** Hides the values of keys of this name, besides those that are named like secrets anyway. */
    public Builder secretKey(String name) {
      secretKeys.add(requireNonNull(name, "name"));
      return this;
    }

    public RedactionRules build() {
      return new RedactionRules(version, kinds, patterns, hiddenPaths, secretKeys);
    }
  }
}
