package io.onlooker.springboot;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Onlooker logs meanwhile. */
final class LogLines extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("io.onlooker");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogLines() {
    logger.addHandler(this);
  }

  static LogLines ofOnlooker() {
    return new LogLines();
  }

  List<String> all() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    Object[] parameters = line.getParameters();
    lines.add(
        parameters == null
            ? line.getMessage()
            : MessageFormat.format(line.getMessage(), parameters));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
