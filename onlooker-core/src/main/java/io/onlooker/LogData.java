package io.onlooker;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One log line.
 *
 * @param timeNanos nanoseconds since 1970-01-01T00:00Z
 * @param traceId 32 lowercase hex digits, or null for a line outside any trace
 * @param spanId 16 lowercase hex digits, or null for a line outside any span
 * @param level how severe it is
 * @param body the line as a person reads it; template and parameters stand in the attributes {@code
 *     sentry.message.template} and {@code sentry.message.parameter.N}
 * @param attributes what else is known of it
 */
public record LogData(
    long timeNanos,
    @Nullable String traceId,
    @Nullable String spanId,
    Level level,
    String body,
    Attributes attributes)
    implements Item {

  public LogData {
    requireNonNull(level, "level");
    requireNonNull(body, "body");
    requireNonNull(attributes, "attributes");
  }

  /** Severity, with the lowest number OpenTelemetry gives to each. */
  public enum Level {
    /** Each step, for whoever follows one closely. */
    TRACE(1),
    /** For whoever looks for a fault. */
    DEBUG(5),
    /** What happens as it should. */
    INFO(9),
    /** What went on but should be looked at. */
    WARN(13),
    /** What failed. */
    ERROR(17),
    /** What the application does not survive. */
    FATAL(21);

    private final int severityNumber;

    Level(int severityNumber) {
      this.severityNumber = severityNumber;
    }

    /** OpenTelemetry's number, 1 to 24. */
    public int severityNumber() {
      return severityNumber;
    }

    /** The level whose range of four holds the number; INFO for numbers outside 1 to 24. */
    public static Level ofSeverity(int number) {
      return number < 1 || number > 24 ? INFO : values()[(number - 1) / 4];
    }
  }
}
