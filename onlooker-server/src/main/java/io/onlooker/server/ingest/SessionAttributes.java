package io.onlooker.server.ingest;

import io.onlooker.store.span.SessionNames;

/** Attributes of sessions and events that came over the sessions API, besides those of any span. */
final class SessionAttributes {

  /** The client's last word on how the session ended. */
  static final String STATUS = "onlooker.session.status";

  static final String SUCCESS = "onlooker.session.success";
  static final String DURATION_MILLIS = "onlooker.session.duration_ms";

  static final String EVENT_ID = "onlooker.event.id";

  /** The client's word for the kind of an event. */
  static final String EVENT_TYPE = SessionNames.EVENT_TYPE;

  static final String METADATA = "metadata.";
  static final String METRIC = "custom_metrics.";
  static final String SCORE = "score.";

  private SessionAttributes() {}
}
