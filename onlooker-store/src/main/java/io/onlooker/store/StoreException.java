package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/** A store that could not keep or find something; the message names what and why. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What the caller can do about it. */
  public enum Reason {
    /** The disk or the log is full: try again later. */
    FULL,
    /** The query ran longer or took more memory than allowed: narrow it. */
    LIMIT,
    /** The store is closed. */
    CLOSED,
    /** Files or the engine failed: the operator must look. */
    BROKEN,
    /** This store does not keep what was asked for: another does. */
    UNSUPPORTED
  }

  private final Reason reason;

  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
