package io.onlooker.anthropic;

import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Deferred;
import io.onlooker.instrument.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what a model is asked. */
final class Input {

  private static final String SERVICE_TIER = "gen_ai.request.service_tier";
  private static final String SPEED = "gen_ai.request.speed";

  private Input() {}

  /**
   * Says it.
   *
   * @param call how the span begins
   */
  static SpanOptions span(Question question, SpanOptions call, Recording recording) {
    SpanOptions span =
        call.with(details(question))
            .attribute(SERVICE_TIER, question.serviceTier())
            .attribute(SPEED, question.speed())
            .attribute(GenAi.CONVERSATION_ID, question.conversation());
    if (recording.inputs()) {
      content(span, question);
    }
    return span;
  }

  private static Details.Request details(Question question) {
    Long most = question.maxTokens();
    return new Details.Request(
        question.number("temperature"),
        most == null ? null : (int) Math.min(most, Integer.MAX_VALUE),
        question.number("top_p"),
        question.number("top_k"),
        null,
        null,
        question.stopSequences(),
        null,
        question.streamed() ? true : null);
  }

  private static void content(SpanOptions span, Question question) {
    span.input(Deferred.list(() -> messages(question.messages())));
    if (Known.given(question.system())) {
      span.attribute(
          GenAi.SYSTEM_INSTRUCTIONS,
          Deferred.text(() -> Trees.json(Blocks.parts(Blocks.of(Trees.of(question.system()))))));
    }
    if (Known.given(question.tools())) {
      span.attribute(
          GenAi.TOOL_DEFINITIONS, Deferred.text(() -> Trees.json(Trees.of(question.tools()))));
    }
  }

  private static List<Map<String, Object>> messages(Object messages) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Map<String, Object> message : Trees.maps(messages)) {
      if (!(message.get("content") instanceof String)) {
        message.put("content", Blocks.parts(Blocks.of(message.get("content"))));
      }
      all.add(message);
    }
    return all;
  }
}
