package io.onlooker.export;

import io.onlooker.export.Target.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls one after the other, in their order; tried again, it goes on where it stopped. A
 * server that names sessions itself is given its own names. Used by the sending thread alone.
 */
final class SessionCalls {

  private final SessionsApi api;
  private final SessionNames names = new SessionNames();
  private @Nullable Payload current;
  private int done;
  private int refused;

  SessionCalls(SessionsApi api) {
    this.api = api;
  }

  @SuppressWarnings("ReferenceEquality") // the same try again, not one like it
  Verdict deliver(Http http, Payload payload) throws InterruptedException {
    if (payload != current) {
      current = payload;
      done = 0;
      refused = 0;
    }
    List<String> lines = new String(payload.body(), StandardCharsets.UTF_8).lines().toList();
    Verdict last = new Verdict.Taken(0);
    for (; done < lines.size(); done++) {
      last = http.post(SessionCall.of(api, lines.get(done), names), payload);
      if (last instanceof Verdict.Retry) {
        return last;
      }
      refused += last instanceof Verdict.Refused ? 1 : 0;
    }
    current = null;
    boolean none = refused == lines.size() && last instanceof Verdict.Refused;
    return none ? last : new Verdict.Taken(refused);
  }
}
