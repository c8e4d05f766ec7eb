package io.onlooker.redact;

import io.onlooker.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The redaction of one item: its rules, its budget, its receipt. Not thread-safe, used once.
 *
 * <p>The methods whose names begin with {@code safe} fail closed: what cannot be redacted is
 * dropped and counted, and the rest of the item goes on.
 */
final class ItemRedaction {

  static final String FAILED = "[REDACTION FAILED]";

  /** In how many JSON strings a JSON document may stand; deeper ones are dropped. */
  private static final int DEEPEST_NESTING = 8;

  private static final int SHORTEST_NUMBER = 13;

  private final CompiledRules rules;
  private final Budget budget;
  private final Receipt receipt = new Receipt();

  ItemRedaction(CompiledRules rules, Budget budget) {
    this.rules = rules;
    this.budget = budget;
  }

  Receipt receipt() {
    return receipt;
  }

  /** A text that stands at the path. */
  String safeText(String path, String value) {
    return safely(
        FAILED,
        () -> {
          HiddenPaths place = HiddenPaths.below(rules.hidden(), path);
          return HiddenPaths.hides(place) ? hidden(Receipt.HIDDEN) : text(value, place, 0);
        });
  }

  @Nullable String safeOptionalText(String path, @Nullable String value) {
    return value == null ? null : safeText(path, value);
  }

  /** An object of the application's, as maps, lists, texts, numbers and booleans of our own. */
  @Nullable Object safeValue(String path, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return safely(
        FAILED,
        () -> {
          HiddenPaths place = HiddenPaths.below(rules.hidden(), path);
          return HiddenPaths.hides(place)
              ? hidden(Receipt.HIDDEN)
              : new PlainCopy(this).of(value, place);
        });
  }

  /** The attributes, without the receipt. */
  Attributes.Builder safeAttributes(Attributes attributes) {
    Attributes.Builder redacted = Attributes.builder();
    attributes.forEach((key, value) -> {
      String name = safely(FAILED, () -> text(key, null, 0));
      redacted.put(unused(name, redacted), safely(FAILED, () -> attribute(key, value)));
    });
    return redacted;
  }

  /** A name that is not there yet: two keys may become one when they are redacted. */
  static String unused(String name, Attributes.Builder taken) {
    String unused = name;
    for (int i = 2; taken.has(unused); i++) {
      unused = name + ' ' + i;
    }
    return unused;
  }

  /**
   * A text as it may leave, JSON or not.
   *
   * @param place where it stands
   * @param nesting in how many JSON strings it stands
   */
  String text(String value, @Nullable HiddenPaths place, int nesting) {
    if (!JsonRewriter.looksLikeJson(value)) {
      return plain(value);
    }
    if (nesting > DEEPEST_NESTING) {
      throw new IllegalStateException(
          "JSON in JSON strings: deeper than " + DEEPEST_NESTING + " (expected: less)");
    }
    budget.spend(value.length());
    return new JsonRewriter(value, place, nesting, this).rewrite();
  }

  /** A text that is not looked into as JSON. */
  String plain(String value) {
    RedactedText redacted = rules.redactor().redact(value, budget);
    redacted.findings().forEach(finding -> receipt.count(finding.kind()));
    return redacted.text();
  }

  /** The number, or a text when it is a finding. Fractions are none. */
  Object number(Number value) {
    if (value instanceof Double || value instanceof Float) {
      return value;
    }
    String digits = value.toString();
    String redacted = digits.length() < SHORTEST_NUMBER ? digits : plain(digits);
    return redacted.equals(digits) ? value : redacted;
  }

  /** What hides the value of a key, or null. */
  @Nullable String label(String key, @Nullable HiddenPaths place) {
    if (HiddenPaths.hides(place)) {
      return Receipt.HIDDEN;
    }
    return rules.secrets().isSecret(key) ? Receipt.SECRET : null;
  }

  /** The label of a value that is hidden, counted. */
  String hidden(String label) {
    count(label);
    return '[' + label + ']';
  }

  void count(String kind) {
    receipt.count(kind);
  }

  void spend(int work) {
    budget.spend(work);
  }

  private Object attribute(String key, Object value) {
    HiddenPaths place = HiddenPaths.below(rules.hidden(), key);
    String label = label(key, place);
    if (label != null && !(value instanceof Boolean)) {
      return hidden(label);
    }
    if (value instanceof List<?> values) {
      List<Object> redacted = new ArrayList<>(values.size());
      values.forEach(each -> redacted.add(single(each, place)));
      return redacted;
    }
    return single(value, place);
  }

  private Object single(Object value, @Nullable HiddenPaths place) {
    if (value instanceof String text) {
      return text(text, place, 0);
    }
    return value instanceof Number number ? number(number) : value;
  }

  private <T> T safely(T dropped, Supplier<T> redaction) {
    try {
      return redaction.get();
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      // The reason may quote the value, so only the number of failures is told.
      receipt.count(Receipt.FAILED);
      return dropped;
    }
  }
}
