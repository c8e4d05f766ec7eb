package io.onlooker.server.http;

/**
 * A request that cannot be answered, told to the client as {@code application/problem+json}.
 *
 * <p>The detail names the thing, its value and what was expected.
 */
public final class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String title;

  public HttpProblem(int status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }
}
