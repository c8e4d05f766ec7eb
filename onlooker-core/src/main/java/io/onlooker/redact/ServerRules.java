package io.onlooker.redact;

import static java.util.Objects.requireNonNull;

import io.onlooker.ErrorData;
import io.onlooker.LogData;
import io.onlooker.Processor;
import io.onlooker.TracingEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Redacts by the rules of a project on a server (seed 004's {@code pii: true}): asks {@code GET
 * /api/sdk/config} for them, again and again, and follows what changed.
 *
 * <p>Until the first answer, and while there was none, every kind is redacted. Later the last good
 * rules stay in force, whatever comes: an answer that cannot be read changes nothing and is said
 * once. A daemon thread asks, from the first item on; processing never waits for it. Safe for many
 * threads.
 */
public final class ServerRules implements Processor, AutoCloseable {

  private final RedactionProcessor redaction;
  private final RulesPoll poll;

  private ServerRules(Builder builder) {
    redaction = new RedactionProcessor(builder.first);
    RulesRequest request =
        new RulesRequest(builder.address, builder.key, builder.httpClient, builder.requestTimeout);
    poll = new RulesPoll(request, builder.every, redaction::rules);
  }

  /**
   * A builder for the rules of the project that the key belongs to.
   *
   * @param apiUrl the server's address, without {@code /api/sdk/config}
   * @throws IllegalArgumentException when the address is no http(s) address, or HTTP does not allow
   *     the key
   */
  public static Builder at(String apiUrl, String key) {
    return new Builder(apiUrl, key);
  }

  /** The rules in force. */
  public RedactionRules rules() {
    return redaction.rules();
  }

  /** What redacts, with its counts. */
  public RedactionProcessor redaction() {
    return redaction;
  }

  /** Why the rules could not be had when they were last asked for, or null. */
  public @Nullable String lastFailure() {
    return poll.lastFailure();
  }

  /** Asks for the rules from now on, if it does not yet; otherwise the first item begins it. */
  public void start() {
    poll.start();
  }

  @Override
  public TracingEvent process(TracingEvent event) {
    poll.start();
    return redaction.process(event);
  }

  @Override
  public LogData process(LogData log) {
    poll.start();
    return redaction.process(log);
  }

  @Override
  public ErrorData process(ErrorData error) {
    poll.start();
    return redaction.process(error);
  }

  /** Asks no more; the rules in force stay. */
  @Override
  public void close() {
    poll.close();
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final URI address;
    private final String key;
    private RedactionRules first = RedactionRules.BUILT_IN;
    private Duration every = Duration.ofSeconds(60);
    private Duration requestTimeout = Duration.ofSeconds(10);
    private @Nullable HttpClient httpClient;

    private Builder(String apiUrl, String key) {
      this.address = address(requireNonNull(apiUrl, "apiUrl"));
      this.key = checked(requireNonNull(key, "key"));
    }

    /** What holds until the first answer; {@link RedactionRules#BUILT_IN} unless set. */
    public Builder until(RedactionRules rules) {
      first = requireNonNull(rules, "rules");
      return this;
    }

    /**
     * How often to ask, 60 seconds unless set; a tenth more or less, so that many processes do not
     * ask at once.
     *
     * @throws IllegalArgumentException below 10 ms
     */
    public Builder every(Duration interval) {
      every = atLeast("every", interval);
      return this;
    }

    /**
     * The time one request may take, 10 seconds unless set.
     *
     * @throws IllegalArgumentException below 10 ms
     */
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = atLeast("requestTimeout", timeout);
      return this;
    }

    /** The client to ask with, for a proxy or own certificates; null makes one. */
    public Builder httpClient(@Nullable HttpClient client) {
      httpClient = client;
      return this;
    }

    public ServerRules build() {
      return new ServerRules(this);
    }

    private static Duration atLeast(String name, Duration time) {
      if (time.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException(name + ": " + time + " (expected: PT0.01S or more)");
      }
      return time;
    }

    private static URI address(String apiUrl) {
      String trimmed = apiUrl.strip().replaceAll("/+$", "");
      try {
        URI uri = URI.create(trimmed + RulesRequest.PATH);
        boolean web = uri.getScheme() != null && uri.getScheme().matches("(?i)https?");
        if (web && uri.getHost() != null && uri.getUserInfo() == null) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        throw malformed(apiUrl, e);
      }
      throw malformed(apiUrl, null);
    }

    private static IllegalArgumentException malformed(String apiUrl, @Nullable Exception cause) {
      String shown = apiUrl.replaceAll("//.*@", "//***@");
      return new IllegalArgumentException(
          "apiUrl: '" + shown + "' (expected: http(s)://HOST[:PORT][/PATH])", cause);
    }

    private static String checked(String key) {
      try {
        HttpRequest.newBuilder().header("Authorization", "Bearer " + key);
        return key;
      } catch (IllegalArgumentException e) {
        // Its message would show the key.
        throw new IllegalArgumentException("key: *** (expected: characters that HTTP allows)");
      }
    }
  }
}
