package io.onlooker.server.quota;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What limits are set for and items are counted as: Sentry's categories, whatever the dialect. A
 * span is a span, also when OTLP or the sessions API brought it.
 */
public enum Category {
  ERROR("error", "error;default"),
  TRANSACTION("transaction", "transaction"),
  SPAN("span", "span;transaction"),
  LOG("log", "log_item;log_byte"),
  METRIC("metric", "trace_metric;metric_bucket"),
  SESSION("session", "session"),
  MONITOR("monitor", "monitor"),
  FEEDBACK("feedback", "feedback"),
  ATTACHMENT("attachment", "attachment"),
  PROFILE("profile", "profile;profile_chunk"),
  REPLAY("replay", "replay"),
  OTHER("other", "security");

  private final String label;
  private final String wire;

  Category(String label, String wire) {
    this.label = label;
    this.wire = wire;
  }

  /** As shown, stored and set. */
  public String label() {
    return label;
  }

  /**
   * As Sentry's clients know it, several names with semicolons between. A client that may send no
   * spans may send no transactions either, since these are spans.
   */
  String wire() {
    return wire;
  }

  /** The category of this label, or null. */
  static @Nullable Category of(String label) {
    for (Category category : values()) {
      if (category.label.equals(label.toLowerCase(Locale.ROOT))) {
        return category;
      }
    }
    return null;
  }

  /**
   * The category of a kind of item that is not kept, as envelopes call it.
   *
   * @return null for reports about other items, which nobody limits
   */
  public static @Nullable Category ofKind(String kind) {
    return switch (kind) {
      case "client_report" -> null;
      case "session", "sessions" -> SESSION;
      case "check_in" -> MONITOR;
      case "feedback", "user_report" -> FEEDBACK;
      case "attachment" -> ATTACHMENT;
      case "profile", "profile_chunk" -> PROFILE;
      case "replay_event", "replay_recording", "replay_video" -> REPLAY;
      case "metric", "trace_metric", "statsd", "metric_buckets" -> METRIC;
      default -> OTHER;
    };
  }
}
