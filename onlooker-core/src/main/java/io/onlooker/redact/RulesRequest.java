package io.onlooker.redact;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks a server for the rules of a key's project. Not thread-safe. */
final class RulesRequest {

  static final String PATH = "/api/sdk/config";

  /** Far more than the most rules there may be. */
  private static final int MOST_BYTES = 512 << 10;

  private final URI address;
  private final String key;
  private final Duration timeout;
  private @Nullable HttpClient client;
  private @Nullable String etag;

  RulesRequest(URI address, String key, @Nullable HttpClient client, Duration timeout) {
    this.address = address;
    this.key = key;
    this.client = client;
    this.timeout = timeout;
  }

  /** Where it asks, as it may stand in a log. */
  String place() {
    return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
  }

  /**
   * The rules, or null when they are what they were.
   *
   * @throws Refusal when the server has no rules for us, or cannot be understood
   */
  ServerRulesJson.@Nullable Answer ask() throws Refusal, InterruptedException {
    HttpResponse<byte[]> answer = answer();
    int status = answer.statusCode();
    if (status == 304) {
      return null;
    }
    if (status != 200) {
      throw new Refusal("HTTP " + status + (status == 401 || status == 403 ? ", bad key" : ""));
    }
    ServerRulesJson.Answer rules = read(answer.body());
    etag = answer.headers().firstValue("ETag").orElse(null);
    return rules;
  }

  private static ServerRulesJson.Answer read(byte[] body) throws Refusal {
    if (body.length > MOST_BYTES) {
      throw new Refusal("more than " + MOST_BYTES + " bytes");
    }
    try {
      return ServerRulesJson.read(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Refusal(e.getMessage());
    }
  }

  private HttpResponse<byte[]> answer() throws Refusal, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer = null;
    try {
      // The request's own timeout ends with the answer's head; the future's covers the body too.
      answer = client().sendAsync(request(), RulesRequest::body);
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new Refusal(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw new Refusal("no answer within " + timeout.toMillis() + " ms");
    } catch (RuntimeException e) {
      // The application's client may be closed, or its executor full.
      throw new Refusal(e.toString());
    } finally {
      if (answer != null) {
        answer.cancel(true);
      }
    }
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Authorization", "Bearer " + key)
            .header("Accept", "application/json");
    if (etag != null) {
      request.header("If-None-Match", etag);
    }
    return request.build();
  }

  private HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(timeout)
              .build();
    }
    return client;
  }

  /** The body, cut one byte after what is bearable; the rest is read and forgotten. */
  private static BodySubscriber<byte[]> body(ResponseInfo info) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    BodySubscriber<Void> reader = BodySubscribers.ofByteArrayConsumer(part -> keep(kept, part));
    return BodySubscribers.mapping(reader, done -> kept.toByteArray());
  }

  private static void keep(ByteArrayOutputStream kept, Optional<byte[]> part) {
    int room = MOST_BYTES + 1 - kept.size();
    part.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, room)));
  }

  /** Why there are no rules. */
  static final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    Refusal(@Nullable String reason) {
      super(reason);
    }
  }
}
