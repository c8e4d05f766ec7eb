package io.onlooker.export;

/** What an envelope holds, in the words of Sentry's rate limits and client reports. */
enum Category {
  ERROR("error"),
  TRANSACTION("transaction"),
  SPAN("span"),
  LOG("log_item"),
  /** Calls about sessions, one JSON object per line; of a protocol that is not Sentry's. */
  SESSION("session"),
  /** Envelopes about ourselves; never limited by name and never counted. */
  REPORT("internal");

  final String wire;

  Category(String wire) {
    this.wire = wire;
  }
}
