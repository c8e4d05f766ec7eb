package io.onlooker.examples.agent;

import org.jspecify.annotations.Nullable;

/** The model did not answer. */
final class ModelException extends RuntimeException {

  ModelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
