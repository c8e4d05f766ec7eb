package io.onlooker.store.span;

/** Attributes that the sessions API puts on spans: a client speaks of sessions and events there. */
public final class SessionNames {

  /** On a run's root: the id that the sender knows the session by. */
  public static final String ID = "onlooker.session.id";

  /** On a run's root: the id of the session that started this one from another trace. */
  public static final String PARENT_ID = "onlooker.session.parent_id";

  /** On any span below: the sender's word for the kind of event, such as {@code tool_call}. */
  public static final String EVENT_TYPE = "onlooker.event.type";

  private SessionNames() {}
}
