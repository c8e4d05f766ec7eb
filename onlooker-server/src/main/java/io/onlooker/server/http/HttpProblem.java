package io.onlooker.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that cannot be answered, told to the client as {@code application/problem+json}.
 *
 * <p>The detail names the thing, its value and what was expected.
 */
public final class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int status;
  private final String title;
  private final transient Map<String, String> headers;
  private final transient @Nullable Told told;

  /** Where in the value that the detail names it goes wrong, or -1. */
  private final int position;

  private record Told(String contentType, byte[] body) {}

  public HttpProblem(int status, String title, String detail) {
    this(status, title, detail, Map.of(), -1, null);
  }

  private HttpProblem(
      int status,
      String title,
      String detail,
      Map<String, String> headers,
      int position,
      @Nullable Told told) {
    super(detail);
    this.told = told;
    this.status = status;
    this.title = title;
    this.headers = Map.copyOf(headers);
    this.position = position;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What the message says, never null. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The same problem whose answer also carries this header. */
  public HttpProblem with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpProblem(status, title, detail(), more, position, told);
  }

  /** The same problem whose answer also says where, as the member {@code position}. */
  public HttpProblem at(int position) {
    return new HttpProblem(status, title, detail(), headers, position, told);
  }

  /** The same problem, told in the words of another protocol. */
  public HttpProblem as(String contentType, byte[] body) {
    return new HttpProblem(status, title, detail(), headers, position, new Told(contentType, body));
  }

  /**
   * The answer (RFC 9457, unless {@link #as} says otherwise); Sentrial clients read {@code error}
   * and {@code message}.
   */
  public Response response() {
    Response response =
        told == null
            ? Response.of(status, "application/problem+json", json())
            : Response.of(status, told.contentType(), told.body());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }

  private byte[] json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail());
    json.put("error", title);
    json.put("message", detail());
    if (position >= 0) {
      json.put("position", position);
    }
    return JSON.writeValueAsBytes(json);
  }
}
