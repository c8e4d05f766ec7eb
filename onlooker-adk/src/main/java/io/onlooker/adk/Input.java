package io.onlooker.adk;

import com.google.adk.models.LlmRequest;
import com.google.genai.JsonSerializable;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Tool;
import io.onlooker.Details;
import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Deferred;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a model is asked. */
final class Input {

  private Input() {}

  static Details details(LlmRequest request, boolean streams) {
    Optional<GenerateContentConfig> config = request.config();
    return new Details.Request(
        number(config.flatMap(GenerateContentConfig::temperature)),
        config.flatMap(GenerateContentConfig::maxOutputTokens).orElse(null),
        number(config.flatMap(GenerateContentConfig::topP)),
        number(config.flatMap(GenerateContentConfig::topK)),
        number(config.flatMap(GenerateContentConfig::presencePenalty)),
        number(config.flatMap(GenerateContentConfig::frequencyPenalty)),
        config.flatMap(GenerateContentConfig::stopSequences).orElse(List.of()),
        config.flatMap(GenerateContentConfig::seed).map(Long::valueOf).orElse(null),
        streams ? true : null);
  }

  /** As it is written: 0.2, not what 0.2f is as a double. */
  private static @Nullable Double number(Optional<Float> value) {
    return value.map(number -> Double.valueOf(number.toString())).orElse(null);
  }

  static void write(SpanOptions span, LlmRequest request) {
    span.input(Deferred.list(() -> Messages.of(request.contents())));
    if (!request.getSystemInstructions().isEmpty()) {
      span.attribute(
          GenAi.SYSTEM_INSTRUCTIONS,
          Deferred.text(() -> instructions(request.getSystemInstructions())));
    }
    List<Tool> tools = request.config().flatMap(GenerateContentConfig::tools).orElse(List.of());
    if (!tools.isEmpty()) {
      span.attribute(GenAi.TOOL_DEFINITIONS, Deferred.text(() -> definitions(tools)));
    }
  }

  private static String instructions(List<String> texts) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (String text : texts) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("type", "text");
      part.put("content", text);
      parts.add(part);
    }
    return JsonSerializable.toJsonString(parts);
  }

  private static String definitions(List<Tool> tools) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Tool tool : tools) {
      tool.functionDeclarations()
          .orElse(List.of())
          .forEach(declaration -> all.add(definition(declaration)));
    }
    return JsonSerializable.toJsonString(all);
  }

  private static Map<String, Object> definition(FunctionDeclaration declaration) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("type", "function");
    definition.put("name", declaration.name().orElse(""));
    declaration.description().ifPresent(text -> definition.put("description", text));
    declaration
        .parametersJsonSchema()
        .or(declaration::parameters)
        .ifPresent(schema -> definition.put("parameters", schema));
    return definition;
  }
}
