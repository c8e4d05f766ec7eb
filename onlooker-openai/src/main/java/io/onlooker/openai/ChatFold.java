package io.onlooker.openai;

import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.Delta;
import com.openai.models.completions.CompletionUsage;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.Usage;
import io.onlooker.instrument.Recording;
import io.onlooker.instrument.StreamedAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The chunks of a chat completion. */
final class ChatFold implements Fold {

  private final StreamedAnswer answer = new StreamedAnswer();
  private final Map<Integer, String> finishReasons = new TreeMap<>();
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable CompletionUsage usage;

  @Override
  public boolean add(Object piece, boolean text) {
    if (!(piece instanceof ChatCompletionChunk chunk)) {
      return false;
    }
    id = id == null ? Known.of(chunk._id()) : id;
    model = model == null ? Known.of(chunk._model()) : model;
    CompletionUsage told = Known.of(chunk._usage());
    usage = told == null ? usage : told;
    boolean content = false;
    for (ChatCompletionChunk.Choice choice : Known.list(chunk._choices())) {
      content |= add(choice, text);
    }
    return content;
  }

  private boolean add(ChatCompletionChunk.Choice choice, boolean keep) {
    Long given = Known.of(choice._index());
    int index = given == null ? 0 : given.intValue();
    var reason = Known.of(choice._finishReason());
    String finished = reason == null ? null : Known.text(reason._value());
    if (finished != null) {
      finishReasons.put(index, finished);
    }
    Delta delta = Known.of(choice._delta());
    if (delta == null) {
      return false;
    }
    boolean text = text(index, delta, keep);
    boolean calls = calls(index, delta, keep);
    return text || calls;
  }

  private boolean text(int choice, Delta delta, boolean keep) {
    String text = Known.of(delta._content());
    text = text == null || text.isEmpty() ? Known.of(delta._refusal()) : text;
    if (text == null || text.isEmpty()) {
      return false;
    }
    if (keep) {
      answer.text(choice, text);
    }
    return true;
  }

  private boolean calls(int choice, Delta delta, boolean keep) {
    List<Delta.ToolCall> calls = Known.list(delta._toolCalls());
    for (Delta.ToolCall call : keep ? calls : List.<Delta.ToolCall>of()) {
      Long index = Known.of(call._index());
      var function = Known.of(call._function());
      answer.toolCall(
          choice,
          index == null ? 0 : index.intValue(),
          Known.of(call._id()),
          function == null ? null : Known.of(function._name()),
          function == null ? null : Known.of(function._arguments()));
    }
    return !calls.isEmpty();
  }

  @Override
  public boolean onlyUsage(Object piece) {
    return piece instanceof ChatCompletionChunk chunk
        && Known.list(chunk._choices()).isEmpty()
        && Known.of(chunk._usage()) != null;
  }

  @Override
  public void write(Span span, Recording recording) {
    List<String> reasons = List.copyOf(finishReasons.values());
    span.set(new Details.Response(id, model, reasons, null, true));
    Usage known = Trees.usage(usage);
    if (known != null) {
      span.set(known);
    }
    if (recording.outputs()) {
      List<Map<String, Object>> messages = messages();
      boolean calls = messages.stream().anyMatch(message -> message.containsKey("tool_calls"));
      Output.write(span, messages.size(), calls, () -> messages);
    }
  }

  private List<Map<String, Object>> messages() {
    List<Map<String, Object>> messages = new ArrayList<>();
    answer.texts().forEach(text -> messages.add(message(text)));
    List<Map<String, Object>> calls = answer.toolCalls().stream().map(ChatApi::toolCall).toList();
    if (!calls.isEmpty()) {
      if (messages.isEmpty()) {
        messages.add(message(null));
      }
      messages.get(0).put("tool_calls", calls);
    }
    return messages;
  }

  private static Map<String, Object> message(@Nullable String text) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    if (text != null) {
      message.put("content", text);
    }
    return message;
  }

  @Override
  public @Nullable String estimable() {
    return usage == null ? String.join("\n", answer.texts()) : null;
  }
}
