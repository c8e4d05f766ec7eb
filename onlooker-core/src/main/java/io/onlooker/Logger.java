package io.onlooker;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Writes log lines that belong to the span they are written in.
 *
 * <p>Template and parameters are kept apart, so that lines can be grouped by template: {@code
 * logger.info("Order {} confirmed via {}", orderId, provider)}. Safe for many threads; never throws
 * for what it is given to say.
 */
public final class Logger {

  private final Tracer tracer;

  Logger(Tracer tracer) {
    this.tracer = tracer;
  }

  /** As {@link #log}, at this level. */
  public void trace(String template, @Nullable Object... parameters) {
    log(LogData.Level.TRACE, template, parameters);
  }

  /** As {@link #log}, at this level. */
  public void debug(String template, @Nullable Object... parameters) {
    log(LogData.Level.DEBUG, template, parameters);
  }

  /** As {@link #log}, at this level. */
  public void info(String template, @Nullable Object... parameters) {
    log(LogData.Level.INFO, template, parameters);
  }

  /** As {@link #log}, at this level. */
  public void warn(String template, @Nullable Object... parameters) {
    log(LogData.Level.WARN, template, parameters);
  }

  /** As {@link #log}, at this level. */
  public void error(String template, @Nullable Object... parameters) {
    log(LogData.Level.ERROR, template, parameters);
  }

  /** As {@link #log}, at this level. */
  public void fatal(String template, @Nullable Object... parameters) {
    log(LogData.Level.FATAL, template, parameters);
  }

  /**
   * Writes a line.
   *
   * @param template with {@code {}} where each parameter goes; a last parameter that is an
   *     exception is told beside the line; null, an exception's missing message say, is {@code
   *     null}
   */
  public void log(LogData.Level level, String template, @Nullable Object... parameters) {
    requireNonNull(level, "level");
    @Nullable Object[] said = parameters == null ? new Object[0] : parameters;
    Current current = tracer.current();
    Attributes user = current.scope().user();
    tracer
        .dispatcher()
        .add(
            new LogEntry(
                tracer.now(), current.span(), level, String.valueOf(template), said, user));
  }
}
