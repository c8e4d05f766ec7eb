package io.onlooker;

/** Why something recorded was deliberately not kept; the same words everywhere it is counted. */
public enum Drop {
  /** The queue was full: the application made more than could be sent. */
  QUEUE_FULL,
  /** One item or request was larger than the receiver takes. */
  TOO_LARGE,
  /** The trace was not chosen by the sampler. */
  UNSAMPLED,
  /** The receiver said no for good (4xx). */
  REFUSED,
  /** The receiver asked to be left alone for a while (429, X-Sentry-Rate-Limits). */
  RATE_LIMITED,
  /** The receiver could not be reached, or failed, until the retries ended. */
  UNREACHABLE,
  /** A processor dropped it. */
  PROCESSOR,
  /** A processor failed; its content must not leave. */
  PROCESSOR_FAILED,
  /** It could not be encoded, or not be read. */
  INVALID,
  /** One request held more items than the receiver takes. */
  TOO_MANY,
  /** A kind of item that the receiver does not keep. */
  NOT_KEPT,
  /** It came after shutdown. */
  CLOSED
}
