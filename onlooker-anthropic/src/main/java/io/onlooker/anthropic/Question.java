package io.onlooker.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonMissing;
import com.anthropic.core.JsonValue;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.opentelemetry.OpenTelemetryRequestOptions;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StructuredMessageCreateParams;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message is created from, plain or beta.
 *
 * @param streamed whether the answer is to come in pieces
 * @param conversation the one it belongs to, when the application names it
 * @param more what anthropic-java has no methods for: the sampling parameters of older models
 */
record Question(
    @Nullable String model,
    boolean streamed,
    @Nullable String conversation,
    @Nullable Long maxTokens,
    List<String> stopSequences,
    @Nullable String serviceTier,
    @Nullable String speed,
    Map<String, JsonValue> more,
    JsonField<?> messages,
    JsonField<?> system,
    JsonField<?> tools) {

  /** The one among the arguments of a call; null when there is none that is known. */
  static @Nullable Question of(Object[] args, boolean streamed) {
    Question question = of(args);
    return question == null ? null : question.asked(streamed, conversation(args));
  }

  private static @Nullable Question of(Object[] args) {
    Object first = args.length == 0 ? null : args[0];
    if (first instanceof StructuredMessageCreateParams<?> structured) {
      return of(structured.rawParams());
    }
    if (first instanceof com.anthropic.models.beta.messages.StructuredMessageCreateParams<?> beta) {
      return of(beta.rawParams());
    }
    if (first instanceof MessageCreateParams params) {
      return of(params);
    }
    return first instanceof com.anthropic.models.beta.messages.MessageCreateParams params
        ? of(params)
        : null;
  }

  private static Question of(MessageCreateParams params) {
    return new Question(
        Known.text(params._model()),
        false,
        null,
        Known.of(params._maxTokens()),
        Known.list(params._stopSequences()),
        Known.text(params._serviceTier()),
        Known.text(params._speed()),
        params._additionalBodyProperties(),
        params._messages(),
        params._system(),
        params._tools());
  }

  private static Question of(com.anthropic.models.beta.messages.MessageCreateParams params) {
    return new Question(
        Known.text(params._model()),
        false,
        null,
        Known.of(params._maxTokens()),
        Known.list(params._stopSequences()),
        Known.text(params._serviceTier()),
        Known.text(params._speed()),
        params._additionalBodyProperties(),
        params._messages(),
        params._system(),
        params._tools());
  }

  /** What the body of a request says. */
  static Question of(JsonValue request) {
    Map<String, JsonValue> body = Known.object(request);
    Number most = Known.number(body.get("max_tokens"));
    return new Question(
        Known.text(body.get("model")),
        Known.flag(body.get("stream")),
        null,
        most == null ? null : most.longValue(),
        Known.texts(body.get("stop_sequences")),
        Known.text(body.get("service_tier")),
        Known.text(body.get("speed")),
        body,
        body.getOrDefault("messages", JsonMissing.of()),
        body.getOrDefault("system", JsonMissing.of()),
        body.getOrDefault("tools", JsonMissing.of()));
  }

  private Question asked(boolean inPieces, @Nullable String within) {
    return new Question(
        model,
        inPieces,
        within,
        maxTokens,
        stopSequences,
        serviceTier,
        speed,
        more,
        messages,
        system,
        tools);
  }

  /** The one that the application names for anthropic-java's own spans. */
  private static @Nullable String conversation(Object[] args) {
    if (args.length > 1 && args[1] instanceof RequestOptions options) {
      return options
          .openTelemetry()
          .flatMap(OpenTelemetryRequestOptions::conversationId)
          .orElse(null);
    }
    return null;
  }

  /** A number that stands beside the ones with methods, or null. */
  @Nullable Double number(String name) {
    Number number = Known.number(more.get(name));
    return number == null ? null : number.doubleValue();
  }
}
