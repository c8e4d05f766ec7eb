package io.onlooker.store.query;

import io.onlooker.store.Filter.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a literal as what a field of its kind can equal. */
final class Values {

  static final Set<String> STATUSES = Set.of("ok", "error", "cancelled", "unset");

  static final List<String> SESSION_STATUSES =
      List.of("running", "completed", "recovered", "failed", "cancelled", "lost");

  private static final Pattern PLAIN_NUMBER = Pattern.compile("-?(0|[1-9]\\d*+)(\\.\\d++)?");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** So many decimal digits survive in a double; a longer row of digits is more likely an id. */
  private static final int EXACT_DIGITS = 15;

  private Values() {}

  /**
   * The values it may mean: more than one where only the spans know an attribute's type. Null when
   * a field of this kind cannot have such a value.
   */
  static @Nullable List<Value> read(Literal literal, Kind kind) {
    String text = literal.text();
    return switch (kind) {
      case TEXT -> texts(text);
      case ID -> texts(id(text.toLowerCase(Locale.ROOT)));
      case STATUS -> texts(status(text));
      case SESSION_STATUS -> {
        String status = text.toLowerCase(Locale.ROOT);
        yield SESSION_STATUSES.contains(status) ? texts(status) : null;
      }
      case FLAG -> flags(text);
      case DURATION, NUMBER, TIME -> numbers(Quantity.read(text, kind));
      case ANY, ANY_MILLIS, ANY_SECONDS -> literal.quoted() ? texts(text) : any(text, kind);
    };
  }

  private static List<Value> any(String text, Kind kind) {
    List<Value> flags = flags(text);
    Double number = Quantity.read(text, kind);
    if (flags != null) {
      return number == null ? flags : List.of(new Value.Number(number), flags.getFirst());
    }
    if (number == null || looksLikeText(text)) {
      return texts(text);
    }
    return PLAIN_NUMBER.matcher(text).matches()
        ? List.of(new Value.Number(number))
        : List.of(new Value.Number(number), new Value.Text(text));
  }

  private static boolean looksLikeText(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    boolean padded =
        digits.length() > 1 && digits.charAt(0) == '0' && Character.isDigit(digits.charAt(1));
    return padded
        || digits.startsWith("+")
        || text.chars().filter(Character::isDigit).count() > EXACT_DIGITS;
  }

  private static @Nullable List<Value> flags(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> List.of(new Value.Flag(true));
      case "false", "0" -> List.of(new Value.Flag(false));
      default -> null;
    };
  }

  private static @Nullable List<Value> numbers(@Nullable Double number) {
    return number == null ? null : List.of(new Value.Number(number));
  }

  private static List<Value> texts(String text) {
    return List.of(new Value.Text(text));
  }

  private static String id(String text) {
    return UUID.matcher(text).matches() ? text.replace("-", "") : text;
  }

  /** The word for one of the four statuses, or the same text. */
  static String status(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.equals("canceled")) {
      return "cancelled";
    }
    return STATUSES.contains(word) ? word : text;
  }
}
