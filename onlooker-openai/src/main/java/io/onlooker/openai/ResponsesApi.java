package io.onlooker.openai;

import com.openai.core.JsonField;
import com.openai.models.ResponsesModel;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseError;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.StructuredResponse;
import com.openai.models.responses.StructuredResponseCreateParams;
import io.onlooker.Details;
import io.onlooker.ErrorInfo;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.Usage;
import io.onlooker.instrument.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Responses. */
record ResponsesApi() implements Api {

  @Override
  public SpanOptions request(Object[] args, boolean streamed, Server server, Recording recording) {
    ResponseCreateParams params = params(args);
    SpanOptions span =
        server
            .call("chat", model(params._model()))
            .with(details(params, streamed))
            .attribute(GenAi.CONVERSATION_ID, conversation(params));
    if (recording.inputs()) {
      input(span, params);
      Input.tools(span, Known.of(params._tools()));
    }
    return span;
  }

  /** A model is one of two enumerations or any text, but always text as JSON. */
  private static @Nullable String model(JsonField<ResponsesModel> field) {
    ResponsesModel model = Known.of(field);
    if (model == null) {
      return null;
    }
    return model.string().orElseGet(() -> Trees.of(model) instanceof String text ? text : null);
  }

  private static void input(SpanOptions span, ResponseCreateParams params) {
    ResponseCreateParams.Input input = Known.of(params._input());
    String instructions = Known.of(params._instructions());
    List<ResponseInputItem> items = input == null ? List.of() : input.response().orElse(List.of());
    Input.write(span, items, instructions, items.stream().anyMatch(ResponsesApi::system));
    if (input != null && input.isText()) {
      span.input(input.text().orElse(""));
    }
  }

  private static boolean system(ResponseInputItem item) {
    var easy = item.easyInputMessage().map(EasyInputMessage::_role).map(Known::of);
    String role = easy.map(given -> Known.text(given._value())).orElse(null);
    if (role == null) {
      var message = item.message().map(ResponseInputItem.Message::_role).map(Known::of);
      role = message.map(given -> Known.text(given._value())).orElse("");
    }
    return role.equals("system") || role.equals("developer");
  }

  @Override
  public void answer(Object answer, Span span, Recording recording) {
    Response response = response(answer);
    if (response == null) {
      return;
    }
    var status = Known.of(response._status());
    String told = status == null ? null : Known.text(status._value());
    String[] finished = told == null ? new String[0] : new String[] {told};
    String id = Known.of(response._id());
    span.set(Details.Response.of(id, model(response._model()), finished));
    Usage usage = Trees.usage(Known.of(response._usage()));
    if (usage != null) {
      span.set(usage);
    }
    var conversation = Known.of(response._conversation());
    span.setAttribute(
        GenAi.CONVERSATION_ID, conversation == null ? null : Known.of(conversation._id()));
    failure(span, Known.of(response._error()));
    if (recording.outputs()) {
      output(span, Known.list(response._output()));
    }
  }

  /** A response can arrive well and still say that the model failed. */
  private static void failure(Span span, @Nullable ResponseError error) {
    if (error != null) {
      var code = Known.of(error._code());
      String told = code == null ? null : Known.text(code._value());
      String type = told == null ? "response_failed" : told;
      span.error(new ErrorInfo(type, Known.of(error._message()), null, null, null, List.of()));
    }
  }

  static void output(Span span, List<ResponseOutputItem> items) {
    if (!items.isEmpty()) {
      boolean calls = items.stream().anyMatch(ResponseOutputItem::isFunctionCall);
      Output.write(span, 1, calls, () -> List.of(message(Trees.maps(items))));
    }
  }

  private static Map<String, Object> message(List<Map<String, Object>> items) {
    StringBuilder text = new StringBuilder();
    List<Map<String, Object>> calls = new java.util.ArrayList<>();
    List<Map<String, Object>> others = new java.util.ArrayList<>();
    for (Map<String, Object> item : items) {
      switch (String.valueOf(item.get("type"))) {
        case "message" -> text.append(Input.text(item.get("content")).stripTrailing());
        case "function_call" -> calls.add(item);
        default -> others.add(item);
      }
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    put(message, "content", text.isEmpty() ? null : text.toString());
    put(message, "tool_calls", calls.isEmpty() ? null : calls);
    put(message, "items", others.isEmpty() ? null : others);
    return message;
  }

  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  @Override
  public Fold fold() {
    return new ResponseFold(this);
  }

  @Override
  public String inputText(Object[] args) {
    ResponseCreateParams params = params(args);
    ResponseCreateParams.Input input = Known.of(params._input());
    String instructions = Known.of(params._instructions());
    String text = input == null ? "" : Input.text(Trees.of(input));
    return instructions == null ? text : instructions + "\n" + text;
  }

  private static ResponseCreateParams params(Object[] args) {
    Object first = args.length == 0 ? null : args[0];
    if (first instanceof StructuredResponseCreateParams<?> structured) {
      return structured.rawParams();
    }
    return first instanceof ResponseCreateParams params ? params : ResponseCreateParams.none();
  }

  private static @Nullable Response response(Object answer) {
    if (answer instanceof StructuredResponse<?> structured) {
      return structured.rawResponse();
    }
    return answer instanceof Response response ? response : null;
  }

  private static Details.Request details(ResponseCreateParams params, boolean streamed) {
    return new Details.Request(
        Known.of(params._temperature()),
        Known.integer(params._maxOutputTokens()),
        Known.of(params._topP()),
        null,
        null,
        null,
        List.of(),
        null,
        streamed ? true : null);
  }

  private static @Nullable String conversation(ResponseCreateParams params) {
    ResponseCreateParams.Conversation conversation = Known.of(params._conversation());
    if (conversation == null) {
      return null;
    }
    return conversation
        .id()
        .orElseGet(() ->
            conversation
                .responseConversationParam()
                .map(param -> Known.of(param._id()))
                .orElse(null));
  }
}
