package io.onlooker.openai;

import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.Usage;
import io.onlooker.instrument.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chat completions. */
record ChatApi() implements Api {

  private static final String CHOICES = "gen_ai.request.choice.count";

  @Override
  public @Nullable SpanOptions request(
      Object[] args, boolean streamed, Server server, Recording recording) {
    ChatCompletionCreateParams params = params(args);
    if (params == null) {
      return null;
    }
    var model = Known.of(params._model());
    SpanOptions span =
        server
            .call("chat", model == null ? null : Known.text(model._value()))
            .with(details(params, streamed));
    Long choices = Known.of(params._n());
    span.attribute(CHOICES, choices != null && choices > 1 ? choices : null);
    if (recording.inputs()) {
      List<ChatCompletionMessageParam> messages = Known.list(params._messages());
      Input.write(span, messages, null, messages.stream().anyMatch(ChatApi::system));
      Input.tools(span, Known.of(params._tools()));
    }
    return span;
  }

  @Override
  public void answer(Object answer, Span span, Recording recording) {
    ChatCompletion completion = completion(answer);
    if (completion == null) {
      return;
    }
    List<ChatCompletion.Choice> choices = Known.list(completion._choices());
    String id = Known.of(completion._id());
    String model = Known.of(completion._model());
    span.set(Details.Response.of(id, model, finishReasons(choices)));
    Usage usage = Trees.usage(Known.of(completion._usage()));
    if (usage != null) {
      span.set(usage);
    }
    if (recording.outputs()) {
      List<ChatCompletionMessage> messages = messages(choices);
      boolean calls = messages.stream().anyMatch(m -> !Known.list(m._toolCalls()).isEmpty());
      Output.write(span, messages.size(), calls, () -> Trees.maps(messages));
    }
  }

  @Override
  public Fold fold() {
    return new ChatFold();
  }

  @Override
  public Object[] askingForUsage(Object[] args) {
    ChatCompletionCreateParams params = params(args);
    if (params == null || !params._streamOptions().isMissing()) {
      return args;
    }
    ChatCompletionCreateParams asking =
        params.toBuilder()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    Object[] changed = args.clone();
    changed[0] =
        args[0] instanceof StructuredChatCompletionCreateParams<?> s ? with(s, asking) : asking;
    return changed;
  }

  @Override
  public String inputText(Object[] args) {
    ChatCompletionCreateParams params = params(args);
    return params == null ? "" : Input.text(Trees.of(Known.list(params._messages())));
  }

  private static <T> Object with(
      StructuredChatCompletionCreateParams<T> params, ChatCompletionCreateParams raw) {
    return new StructuredChatCompletionCreateParams<>(params.responseType(), raw);
  }

  private static @Nullable ChatCompletionCreateParams params(Object[] args) {
    Object first = args.length == 0 ? null : args[0];
    if (first instanceof StructuredChatCompletionCreateParams<?> structured) {
      return structured.rawParams();
    }
    return first instanceof ChatCompletionCreateParams params ? params : null;
  }

  private static @Nullable ChatCompletion completion(Object answer) {
    if (answer instanceof StructuredChatCompletion<?> structured) {
      return structured.rawChatCompletion();
    }
    return answer instanceof ChatCompletion completion ? completion : null;
  }

  @SuppressWarnings("deprecation") // max_tokens and seed are still sent to other providers
  private static Details.Request details(ChatCompletionCreateParams params, boolean streamed) {
    Integer most = Known.integer(params._maxCompletionTokens());
    return new Details.Request(
        Known.of(params._temperature()),
        most == null ? Known.integer(params._maxTokens()) : most,
        Known.of(params._topP()),
        null,
        Known.of(params._presencePenalty()),
        Known.of(params._frequencyPenalty()),
        stops(Known.of(params._stop())),
        Known.of(params._seed()),
        streamed ? true : null);
  }

  private static List<String> stops(ChatCompletionCreateParams.@Nullable Stop stop) {
    if (stop == null) {
      return List.of();
    }
    return stop.string().map(List::of).orElseGet(() -> stop.strings().orElse(List.of()));
  }

  private static boolean system(ChatCompletionMessageParam message) {
    return message.isSystem() || message.isDeveloper();
  }

  private static String[] finishReasons(List<ChatCompletion.Choice> choices) {
    List<String> reasons = new ArrayList<>();
    for (ChatCompletion.Choice choice : choices) {
      var reason = Known.of(choice._finishReason());
      String text = reason == null ? null : Known.text(reason._value());
      if (text != null) {
        reasons.add(text);
      }
    }
    return reasons.toArray(new String[0]);
  }

  private static List<ChatCompletionMessage> messages(List<ChatCompletion.Choice> choices) {
    List<ChatCompletionMessage> messages = new ArrayList<>();
    for (ChatCompletion.Choice choice : choices) {
      ChatCompletionMessage message = Known.of(choice._message());
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  /** A tool call as chat completions have it. */
  static Map<String, Object> toolCall(Map<String, Object> call) {
    Map<String, Object> shaped = new java.util.LinkedHashMap<>();
    if (call.get("id") != null) {
      shaped.put("id", call.get("id"));
    }
    shaped.put("type", "function");
    Map<String, Object> function = new java.util.LinkedHashMap<>();
    function.put("name", call.getOrDefault("name", ""));
    function.put("arguments", call.getOrDefault("arguments", ""));
    shaped.put("function", function);
    return shaped;
  }
}
