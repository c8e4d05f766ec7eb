package io.onlooker.session;

/**
 * Something of Onlooker's own did not work, and the application asked to be told: {@link
 * AgentOptions#failSilently} is false. Never stands in the way of an agent's own result or
 * exception.
 */
public final class OnlookerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OnlookerException(String message) {
    super(message);
  }

  OnlookerException(String message, Throwable cause) {
    super(message, cause);
  }
}
