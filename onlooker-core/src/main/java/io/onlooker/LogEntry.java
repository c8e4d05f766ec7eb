package io.onlooker;

import org.jspecify.annotations.Nullable;

/** A log line as it was said; its text is put together on Onlooker's thread. */
record LogEntry(
    long timeNanos,
    @Nullable Span span,
    LogData.Level level,
    String template,
    @Nullable Object[] parameters,
    Attributes attributes)
    implements Dispatcher.Deferred {

  @Override
  public void deliver(Delivery delivery) {
    Attributes.Builder all = attributes.toBuilder();
    if (parameters.length > 0) {
      all.put("sentry.message.template", template);
    }
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      all.put("sentry.message.parameter." + i, value == null ? "null" : said(value));
    }
    addException(all);
    Span within = NoopSpan.NONE.equals(span) ? null : span;
    delivery.deliver(
        new LogData(
            timeNanos,
            within == null ? null : within.traceId(),
            within == null ? null : within.spanId(),
            level,
            text(),
            all.build()));
  }

  /**
   * The template with each {@code {}} replaced by the next parameter; the rest is left as it is.
   */
  private String text() {
    StringBuilder text = new StringBuilder(template.length() + 32);
    int from = 0;
    for (Object parameter : parameters) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        break;
      }
      text.append(template, from, hole).append(parameter == null ? "null" : Texts.of(parameter));
      from = hole + 2;
    }
    return text.append(template, from, template.length()).toString();
  }

  private static Object said(Object value) {
    return value instanceof Throwable failure ? failure.toString() : Texts.attribute(value);
  }

  private void addException(Attributes.Builder all) {
    Object last = parameters.length == 0 ? null : parameters[parameters.length - 1];
    if (last instanceof Throwable failure) {
      all.put("exception.type", failure.getClass().getName());
      all.put("exception.message", Failures.message(failure));
    }
  }
}
