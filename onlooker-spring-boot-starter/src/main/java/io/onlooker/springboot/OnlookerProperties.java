package io.onlooker.springboot;

import io.onlooker.OnlookerOptions;
import io.onlooker.OtelMode;
import io.onlooker.export.AttributeNames;
import io.onlooker.export.SentrySpans;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code onlooker.*} says; what it does not say is as in {@link OnlookerOptions}, whose
 * setters have the same names.
 *
 * @param enabled whether there is anything of Onlooker in the application
 * @param dsn where to send: https://KEY@HOST/PROJECT, of Sentry or of an Onlooker server; else the
 *     environment's SENTRY_DSN
 * @param apiKey key to send sessions with, to Sentrial or to an Onlooker server
 * @param apiUrl where the API key belongs to; https://api.sentrial.com unless set
 * @param environment production (the default), staging …
 * @param release the application's version
 * @param tracesSampleRate part of the traces to record, 0.0 to 1.0 (the default)
 * @param attributeNames spelling of attributes that is sent: both (the default), seed or current
 * @param spans items in which spans are sent to the DSN: transaction (the default) or stream
 * @param sendDefaultPii whether instrumented libraries record prompts and answers; false unless set
 * @param pii whether personal data is redacted before anything is sent, by the project's rules;
 *     false unless set
 * @param debug whether every problem of Onlooker is logged, not only the first of its kind
 * @param queueSize how many events may wait to be sent, 2 to 1,000,000 (16,384)
 * @param otel how to get on with OpenTelemetry's API: link (the default), nest or off
 * @param anthropic clients of anthropic-java
 * @param langchain4j models of LangChain4j
 * @param openai clients of openai-java
 * @param springAi what Spring AI observes
 * @param web requests that come in
 */
@ConfigurationProperties("onlooker")
record OnlookerProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String dsn,
    @Nullable String apiKey,
    @Nullable String apiUrl,
    @Nullable String environment,
    @Nullable String release,
    @Nullable Double tracesSampleRate,
    @Nullable AttributeNames attributeNames,
    @Nullable SentrySpans spans,
    @Nullable Boolean sendDefaultPii,
    @Nullable Boolean pii,
    @Nullable Boolean debug,
    @Nullable Integer queueSize,
    @Nullable OtelMode otel,
    @DefaultValue Clients anthropic,
    @DefaultValue Framework langchain4j,
    @DefaultValue Clients openai,
    @DefaultValue Framework springAi,
    @DefaultValue Web web) {

  /** Empty means not set: {@code onlooker.dsn=${ONLOOKER_DSN:}}. */
  OnlookerProperties {
    dsn = text(dsn);
    apiKey = text(apiKey);
    apiUrl = text(apiUrl);
    environment = text(environment);
    release = text(release);
  }

  /** Whether it says where to send. */
  boolean toldWhere() {
    return dsn != null || apiKey != null;
  }

  void applyTo(OnlookerOptions options) {
    options.dsn(dsn).apiKey(apiKey).apiUrl(apiUrl).environment(environment).release(release);
    given(tracesSampleRate, options::tracesSampleRate);
    given(attributeNames, options::attributeNames);
    given(spans, options::spans);
    given(sendDefaultPii, options::sendDefaultPii);
    given(pii, options::pii);
    given(debug, options::debug);
    given(queueSize, options::queueSize);
    given(otel, options::otel);
  }

  static <T> void given(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /**
   * Clients of a model's provider.
   *
   * @param enabled whether beans are instrumented
   * @param recordInputs whether prompts are recorded; else send-default-pii decides
   * @param recordOutputs whether answers are recorded; else send-default-pii decides
   */
  record Clients(
      @DefaultValue("true") boolean enabled,
      @Nullable Boolean recordInputs,
      @Nullable Boolean recordOutputs) {}

  /**
   * A framework.
   *
   * @param enabled whether it is instrumented
   */
  record Framework(@DefaultValue("true") boolean enabled) {}

  /**
   * Requests that come in.
   *
   * @param enabled whether what one request says about user and conversation stays with it
   * @param continueTraces whether a request's sentry-trace and baggage, or traceparent, say which
   *     trace it belongs to and whether it is recorded; only for callers that may decide that
   */
  record Web(
      @DefaultValue("true") boolean enabled, @DefaultValue("false") boolean continueTraces) {}
}
