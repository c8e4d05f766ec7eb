package io.onlooker.export;

import io.onlooker.Drop;

/** What a person can do about items that were not sent. */
final class Advice {

  static final String SPOOLED =
      "Check the address and the network; it is kept on disk and sent later.";

  private Advice() {}

  static String on(Drop reason) {
    return switch (reason) {
      case UNREACHABLE -> "Check the address and the network.";
      case REFUSED -> "Check the DSN, endpoint or key: the receiver does not accept it.";
      case RATE_LIMITED -> "Raise the receiver's quota or lower tracesSampleRate.";
      case TOO_LARGE -> "Lower maxValueChars.";
      case QUEUE_FULL -> "Raise queueBytes or lower tracesSampleRate.";
      default -> "";
    };
  }
}
