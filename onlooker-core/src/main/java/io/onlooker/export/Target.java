package io.onlooker.export;

import io.onlooker.Drop;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A receiver's protocol over HTTP: how to ask and what the answers mean. */
interface Target {

  /** Where it is, as it may stand in a log: without any secret. */
  String place();

  /** Whether the receiver asked for none of this for now. */
  boolean limited(Payload payload);

  /** The payload in the form in which it waits to be sent, tried again or spooled. */
  default Payload packed(Payload payload) {
    return payload.gzip();
  }

  /** Tries to bring the payload over; mostly one request. */
  default Verdict deliver(Http http, Payload payload) throws InterruptedException {
    return http.post(this, payload);
  }

  /** The request, but for its timeout; the payload is packed. */
  HttpRequest.Builder request(Payload payload);

  /** What the answer means for the payload. Never throws, whatever the answer holds. */
  Verdict judge(Payload payload, int status, HttpHeaders headers, byte[] body);

  /** What the receiver should know about drops not told yet, or null. */
  default @Nullable Payload report() {
    return null;
  }

  /** What became of a payload. */
  sealed interface Verdict {

    /** The receiver has it, all but the refused items. */
    record Taken(int refused) implements Verdict {}

    /** The receiver does not want it, ever. */
    record Refused(Drop reason, String detail) implements Verdict {}

    /**
     * Another try may do.
     *
     * @param after how long the receiver wants to be left alone, or null if it did not say
     */
    record Retry(String detail, @Nullable Duration after) implements Verdict {}
  }
}
