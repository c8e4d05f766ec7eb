package io.onlooker.export;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes Sentrial's calls: many in one request if it is ours, else one after the
 * other. Used by the sending thread alone.
 */
final class SessionsTarget implements Target {

  /** What a server answers that does not know the path or the method. */
  private static final Set<Integer> UNKNOWN = Set.of(404, 405, 415, 501);

  /** A server that cannot even say what it is, is spoken to in the plainest way. */
  private static final int MOST_QUESTIONS = 3;

  private final SessionsApi api;
  private final SessionCalls calls;
  private @Nullable Boolean together;
  private int questions;

  /**
   * @param together whether many calls go in one request, or null to ask the server
   */
  SessionsTarget(SessionsApi api, @Nullable Boolean together) {
    this.api = api;
    this.calls = new SessionCalls(api);
    this.together = together;
  }

  @Override
  public String place() {
    return api.place();
  }

  @Override
  public boolean limited(Payload payload) {
    return false;
  }

  /** Compressed later: calls that go one by one are not. */
  @Override
  public Payload packed(Payload payload) {
    return payload;
  }

  @Override
  public Verdict deliver(Http http, Payload payload) throws InterruptedException {
    if (together == null) {
      Verdict answer = http.post(new Question(api), payload);
      if (answer instanceof Verdict.Retry && ++questions < MOST_QUESTIONS) {
        return answer;
      }
      together = answer instanceof Verdict.Taken;
    }
    if (together) {
      Verdict verdict = http.post(this, payload.gzip());
      if (together) {
        return verdict;
      }
    }
    return calls.deliver(http, payload);
  }

  @Override
  public HttpRequest.Builder request(Payload payload) {
    return api.request("batch")
        .header("Content-Type", "application/x-ndjson")
        .header("Content-Encoding", "gzip")
        .POST(BodyPublishers.ofByteArray(payload.body()));
  }

  @Override
  public Verdict judge(Payload payload, int status, HttpHeaders headers, byte[] body) {
    if (SessionsApi.success(status)) {
      return new Verdict.Taken(Math.min(payload.items(), refused(headers, body)));
    }
    if (UNKNOWN.contains(status)) {
      together = false;
    }
    return SessionsApi.refusal(status, headers, body);
  }

  /** How many of the calls the server did not take, as it says in its answer or beside it. */
  private static int refused(HttpHeaders headers, byte[] body) {
    String dropped = headers.firstValue("X-Onlooker-Dropped").orElse("");
    if (dropped.matches("\\d{1,6}")) {
      return Integer.parseInt(dropped);
    }
    return SessionsApi.count(SessionsApi.object(body).get("dropped"));
  }

  /** Asks whether the server is ours: only ours has rules for us. */
  private record Question(SessionsApi api) implements Target {

    @Override
    public String place() {
      return api.place();
    }

    @Override
    public boolean limited(Payload payload) {
      return false;
    }

    @Override
    public HttpRequest.Builder request(Payload payload) {
      return api.request("config").GET();
    }

    @Override
    public Verdict judge(Payload payload, int status, HttpHeaders headers, byte[] body) {
      Map<?, ?> config = SessionsApi.object(body);
      boolean ours = config.get("pii") instanceof Map && !Boolean.FALSE.equals(config.get("batch"));
      if (SessionsApi.success(status) && ours) {
        return new Verdict.Taken(0);
      }
      return SessionsApi.refusal(status, headers, body);
    }
  }
}
