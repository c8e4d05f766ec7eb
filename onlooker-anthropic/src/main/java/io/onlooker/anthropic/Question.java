package io.onlooker.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StructuredMessageCreateParams;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message is created from, plain or beta.
 *
 * @param more what anthropic-java has no methods for: the sampling parameters of older models
 */
record Question(
    @Nullable String model,
    @Nullable Long maxTokens,
    List<String> stopSequences,
    @Nullable String serviceTier,
    @Nullable String speed,
    Map<String, JsonValue> more,
    JsonField<?> messages,
    JsonField<?> system,
    JsonField<?> tools) {

  /** The one among the arguments of a call; null when there is none that is known. */
  static @Nullable Question of(Object[] args) {
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
        Known.of(params._maxTokens()),
        Known.list(params._stopSequences()),
        Known.text(params._serviceTier()),
        Known.text(params._speed()),
        params._additionalBodyProperties(),
        params._messages(),
        params._system(),
        params._tools());
  }

  /** A number that stands beside the ones with methods, or null. */
  @Nullable Double number(String name) {
    Number number = Known.number(more.get(name));
    return number == null ? null : number.doubleValue();
  }
}
