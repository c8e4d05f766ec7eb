package io.onlooker;

import io.onlooker.redact.RedactionProcessor;
import io.onlooker.redact.RedactionRules;
import io.onlooker.redact.ServerRules;
import org.jspecify.annotations.Nullable;

/**
 * The last processor: once opened, redacts by the rules of the server that the records go to.
 * Cannot be shut again.
 */
final class PiiGate implements Processor {

  private final Settings settings;
  private final Guard guard;
  private volatile @Nullable Processor redaction;
  private volatile @Nullable ServerRules server;

  PiiGate(Settings settings, Guard guard) {
    this.settings = settings;
    this.guard = guard;
    if (settings.pii()) {
      open();
    }
  }

  synchronized void open() {
    if (redaction == null) {
      server = server();
      redaction = server == null ? new RedactionProcessor(RedactionRules.BUILT_IN) : server;
    }
  }

  private @Nullable ServerRules server() {
    String dsn = settings.dsn();
    if (settings.apiKey() != null) {
      return ServerRules.at(settings.apiUrl(), settings.apiKey()).build();
    }
    if (dsn != null) {
      String key = SentryConnection.publicKey(dsn);
      return ServerRules.at(SentryConnection.serverUrl(dsn), key).build();
    }
    guard.warn("pii: no server to ask (expected: apiKey or dsn); every kind is redacted");
    return null;
  }

  /** Why the rules could not be had when they were last asked for, or null. */
  @Nullable String lastFailure() {
    ServerRules asked = server;
    return asked == null ? null : asked.lastFailure();
  }

  void close() {
    ServerRules asked = server;
    if (asked != null) {
      asked.close();
    }
  }

  @Override
  public @Nullable TracingEvent process(TracingEvent event) {
    Processor open = redaction;
    return open == null ? event : open.process(event);
  }

  @Override
  public @Nullable LogData process(LogData log) {
    Processor open = redaction;
    return open == null ? log : open.process(log);
  }

  @Override
  public @Nullable ErrorData process(ErrorData error) {
    Processor open = redaction;
    return open == null ? error : open.process(error);
  }
}
