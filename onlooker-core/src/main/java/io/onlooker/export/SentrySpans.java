package io.onlooker.export;

/** The envelope items in which a {@link SentryExporter} sends spans. */
public enum SentrySpans {
  /** One {@code transaction} item per root, sent when the root ends; every Sentry takes it. */
  TRANSACTION,
  /** {@code span} v2 items, sent soon after each span ends. */
  STREAM
}
