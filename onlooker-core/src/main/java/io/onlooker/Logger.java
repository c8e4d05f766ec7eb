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

  public void trace(String template, @Nullable Object... parameters) {
    log(LogData.Level.TRACE, template, parameters);
  }

  public void debug(String template, @Nullable Object... parameters) {
    log(LogData.Level.DEBUG, template, parameters);
  }

  public void info(String template, @Nullable Object... parameters) {
    log(LogData.Level.INFO, template, parameters);
  }

  public void warn(String template, @Nullable Object... parameters) {
    log(LogData.Level.WARN, template, parameters);
  }

  public void error(String template, @Nullable Object... parameters) {
    log(LogData.Level.ERROR, template, parameters);
  }

  public void fatal(String template, @Nullable Object... parameters) {
    log(LogData.Level.FATAL, template, parameters);
  }

  /**
   * Writes a line.
   *
   * @param template with {@code {}} where each parameter goes; a last parameter that is an
   *     exception is told beside the line
   */
  public void log(LogData.Level level, String template, @Nullable Object... parameters) {
    requireNonNull(level, "level");
    requireNonNull(template, "template");
    Current current = tracer.current();
    Attributes user = current.scope().user();
    tracer
        .dispatcher()
        .add(new LogEntry(tracer.now(), current.span(), level, template, parameters, user));
  }
}
