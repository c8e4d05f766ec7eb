package io.onlooker.store.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.store.span.Message.Media;
import io.onlooker.store.span.Message.Reasoning;
import io.onlooker.store.span.Message.Role;
import io.onlooker.store.span.Message.Text;
import io.onlooker.store.span.Message.ToolCall;
import io.onlooker.store.span.Message.ToolResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes are those that real clients send. */
class MessagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Where is it?",
        "\"Where is it?\"",
        "[\"Where is it?\"]",
        "[{\"role\":\"user\",\"content\":\"Where is it?\"}]",
        "{\"role\":\"user\",\"content\":\"Where is it?\"}",
        "[{\"role\":\"human\",\"content\":[{\"type\":\"text\",\"text\":\"Where is it?\"}]}]",
        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Where is it?\"}]}]",
        "[{\"role\":\"user\",\"parts\":[{\"text\":\"Where is it?\"}]}]",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Where is it?\"}]}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":{\"format\":2,\"parts\":[{\"type\":\"text\",\"text\":\"Where is it?\"}],\"content\":\"x\"}}]}",
        "[{\"type\":\"human\",\"content\":\"Where is it?\"}]",
        "[{\"lc\":1,\"id\":[\"HumanMessage\"],\"kwargs\":{\"type\":\"human\",\"content\":\"Where is it?\"}}]",
        "{\"messages\":[{\"lc\":1,\"type\":\"constructor\",\"id\":[\"langchain_core\",\"messages\",\"HumanMessage\"],\"kwargs\":{\"content\":\"Where is it?\"}}]}",
        "[{\"type\":\"text\",\"text\":\"Where is it?\"}]",
        "{\"text\":\"Where is it?\",\"files\":[]}"
      })
  void read_oneQuestion(String value) {
    assertThat(Messages.read(value, Role.USER))
        .containsExactly(Message.text(Role.USER, "Where is it?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"a\\\":1}\"}}]}]",
        "[{\"type\":\"function_call\",\"id\":\"f9\",\"call_id\":\"c1\",\"name\":\"look\",\"arguments\":\"{\\\"a\\\":1}\"}]",
        "[{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"look\",\"input\":{\"a\":1}}]",
        "[{\"name\":\"look\",\"args\":{\"a\":1},\"type\":\"tool_call\",\"id\":\"c1\"}]",
        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"look\",\"arguments\":\"{\\\"a\\\":1}\"}]}]",
        "[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool-call\",\"toolCallId\":\"c1\",\"toolName\":\"look\",\"input\":{\"a\":1}}]}]",
        "{\"text\":\"\",\"toolCalls\":[{\"toolCallId\":\"c1\",\"toolName\":\"look\",\"args\":{\"a\":1}}]}"
      })
  void read_oneToolCall(String value) {
    assertThat(Messages.read(value, Role.ASSISTANT))
        .containsExactly(
            new Message(Role.ASSISTANT, List.of(new ToolCall("c1", "look", "{\"a\":1}"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"{\\\"t\\\":21}\"}]",
        "[{\"role\":\"tool\",\"content\":[{\"type\":\"tool-result\",\"toolCallId\":\"c1\",\"output\":{\"type\":\"json\",\"value\":{\"t\":21}}}]}]",
        "[{\"role\":\"tool\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c1\",\"content\":{\"t\":21}}]}]",
        "[{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"c1\",\"response\":{\"t\":21}}]}]"
      })
  void read_oneToolResult(String value) {
    assertThat(Messages.read(value, Role.USER))
        .containsExactly(new Message(Role.TOOL, List.of(new ToolResult("c1", null, "{\"t\":21}"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[EMAIL] wrote this",
        "{name}, hello",
        "[1, 2] and more",
        "{\"order\":7,\"rush\":true}",
        "\"quoted\" words",
        "{"
      })
  void read_whatIsNoMessage(String value) {
    assertThat(Messages.read(value, Role.USER)).containsExactly(Message.text(Role.USER, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "[\"\"]", "{\"tripwire\":{\"reason\":\"no\"}}"})
  void read_nothing(String value) {
    assertThat(Messages.read(value, Role.ASSISTANT)).isEmpty();
  }

  @Test
  void read_cutInTheMiddle() {
    String cut = "[{\"role\":\"user\",\"content\":\"Where is it?\"},{\"role\":\"assistant\",\"cont";

    assertThat(Messages.read(cut, Role.USER))
        .startsWith(Message.text(Role.USER, "Where is it?"))
        .hasSize(2);
  }

  @Test
  void read_imageAndThought() {
    String value =
        "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\","
            + "\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}]},"
            + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm.\"},"
            + "{\"type\":\"text\",\"text\":\"A cat.\"}]}]";

    assertThat(Messages.read(value, Role.USER))
        .containsExactly(
            new Message(
                Role.USER,
                List.of(new Text("What?"), new Media("image_url", "data:image/png;base64,AA=="))),
            new Message(Role.ASSISTANT, List.of(new Reasoning("Hm."), new Text("A cat."))));
  }

  @Test
  void read_listAttribute() {
    assertThat(Messages.read(List.of("one", "two"), Role.ASSISTANT).getFirst().text())
        .isEqualTo("one\ntwo");
  }

  @Test
  void read_deeperThanTheParserAllows() {
    String deep = "[".repeat(100_000);

    assertThat(Messages.read(deep, Role.USER)).containsExactly(Message.text(Role.USER, deep));
  }

  @Test
  void input_instructionsComeFirst() {
    SpanData span =
        span(
            Attributes.builder()
                .put(GenAi.SYSTEM_INSTRUCTIONS, "[{\"type\":\"text\",\"content\":\"Be brief.\"}]")
                .put(GenAi.INPUT_MESSAGES, "Hello"));

    assertThat(Messages.input(span))
        .containsExactly(Message.text(Role.SYSTEM, "Be brief."), Message.text(Role.USER, "Hello"));
  }

  @Test
  void output_toolCallsBesideTheText() {
    SpanData span =
        span(
            Attributes.builder()
                .put(GenAi.RESPONSE_TEXT, "[\"Let me look.\"]")
                .put(GenAi.RESPONSE_TOOL_CALLS, "[{\"name\":\"look\",\"type\":\"tool\"}]"));

    assertThat(Messages.output(span))
        .flatExtracting(Message::parts)
        .containsExactly(new Text("Let me look."), new ToolCall(null, "look", ""));
  }

  @Test
  void answer_ofAWholeConversation() {
    List<Message> messages =
        Messages.read(
            "[{\"role\":\"assistant\",\"content\":\"\"},{\"role\":\"tool\",\"content\":\"21C\"},"
                + "{\"role\":\"assistant\",\"content\":\"Sunny\"}]",
            Role.ASSISTANT);

    assertThat(Messages.answer(messages)).isEqualTo("Sunny");
    assertThat(Messages.question(messages)).isNull();
  }

  @Test
  void tool_argumentsAndResultAsSent() {
    SpanData span =
        span(
            Attributes.builder()
                .put(GenAi.TOOL_CALL_ARGUMENTS, "{\"city\": \"Lisbon\"}")
                .put(GenAi.TOOL_CALL_RESULT, List.of(1, 2)));

    assertThat(Messages.toolInput(span)).isEqualTo("{\"city\": \"Lisbon\"}");
    assertThat(Messages.toolOutput(span)).isEqualTo("[1,2]");
  }

  private static SpanData span(Attributes.Builder attributes) {
    return AgentSpans.chat("one", null).build().withAttributes(attributes.build());
  }
}
