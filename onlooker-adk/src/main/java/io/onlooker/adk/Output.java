package io.onlooker.adk;

import com.google.adk.models.LlmResponse;
import com.google.genai.JsonSerializable;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.SpanStatus;
import io.onlooker.Usage;
import io.onlooker.instrument.Deferred;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a model answered. */
final class Output {

  private Output() {}

  /** What one answer tells beside its content; of the pieces of a stream the last one counts. */
  static void facts(Span span, LlmResponse response) {
    String[] reasons =
        response.finishReason().map(reason -> new String[] {word(reason)}).orElse(new String[0]);
    span.set(Details.Response.of(null, response.modelVersion().orElse(null), reasons));
    response.usageMetadata().ifPresent(tokens -> span.set(usage(tokens)));
    response
        .errorCode()
        .filter(Output::failed)
        .ifPresent(
            code -> span.setStatus(SpanStatus.error(response.errorMessage().orElse(word(code)))));
  }

  /** An empty answer has its reason to stop in the place of an error. */
  private static boolean failed(FinishReason code) {
    return !"STOP".equalsIgnoreCase(code.toString());
  }

  private static String word(FinishReason reason) {
    return reason.toString().toLowerCase(Locale.ROOT);
  }

  static void content(Span span, List<Part> parts) {
    span.output(Deferred.map(() -> Messages.answer(parts)));
    if (parts.stream().anyMatch(part -> part.functionCall().isPresent())) {
      span.setAttribute(
          GenAi.RESPONSE_TOOL_CALLS,
          Deferred.text(() -> JsonSerializable.toJsonString(Messages.toolCalls(parts))));
    }
  }

  /** Gemini counts thoughts beside the answer's tokens, and what tools add beside the prompt's. */
  private static Usage usage(GenerateContentResponseUsageMetadata tokens) {
    return new Usage(
        sum(tokens.promptTokenCount(), tokens.toolUsePromptTokenCount()),
        sum(tokens.candidatesTokenCount(), tokens.thoughtsTokenCount()),
        number(tokens.cachedContentTokenCount()),
        null,
        number(tokens.thoughtsTokenCount()));
  }

  private static @Nullable Long sum(Optional<Integer> one, Optional<Integer> more) {
    return one.isEmpty() && more.isEmpty() ? null : (long) one.orElse(0) + more.orElse(0);
  }

  private static @Nullable Long number(Optional<Integer> count) {
    return count.map(Long::valueOf).orElse(null);
  }
}
