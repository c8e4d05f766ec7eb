package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final int ROOM = 10_000;

  record Message(String role, String content) {}

  @Test
  void input_text() {
    assertThat(json(Messages.input("Hi", ROOM))).isEqualTo(user("Hi"));
  }

  @Test
  void input_wrapped() {
    assertThat(json(Messages.input(read("{'messages':[{'role':'user','content':'Hi'}]}"), ROOM)))
        .isEqualTo(user("Hi"));
  }

  @Test
  void input_records() {
    assertThat(json(Messages.input(List.of(new Message("user", "Hi")), ROOM)))
        .isEqualTo(user("Hi"));
  }

  @Test
  void input_noMessage_isTheUsersText() {
    assertThat(json(Messages.input(Map.of("city", "Lisbon"), ROOM)))
        .isEqualTo(
            "[{'role':'user','parts':[{'type':'text','content':'{\\'city\\':\\'Lisbon\\'}'}]}]");
    assertThat(json(Messages.input(42, ROOM))).isEqualTo(user("42"));
  }

  @Test
  void input_partsAlready_stay() {
    String message = "[{'role':'user','parts':[{'type':'image','uri':'x'}]}]";

    assertThat(json(Messages.input(read(message), ROOM))).isEqualTo(message);
  }

  @Test
  void input_toolsAsOpenAiHasThem() {
    Object messages =
        read(
            "[{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                + "'function':{'name':'weather','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'21'}]");

    assertThat(json(Messages.input(messages, ROOM)))
        .isEqualTo(
            "[{'role':'assistant','parts':[{'type':'tool_call','id':'c1','name':'weather',"
                + "'arguments':'{}'}]},{'role':'tool','parts':[{'type':'tool_call_response',"
                + "'id':'c1','response':'21'}]}]");
  }

  @Test
  void input_partsAsAnthropicHasThem() {
    Object messages =
        read(
            "[{'role':'assistant','content':[{'type':'text','text':'Let me see'},"
                + "{'type':'tool_use','id':'t1','name':'weather','input':{'city':'Lisbon'}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1',"
                + "'content':'21'},{'type':'image','source':'x'}]}]");

    assertThat(json(Messages.input(messages, ROOM)))
        .isEqualTo(
            "[{'role':'assistant','parts':[{'type':'text','content':'Let me see'},"
                + "{'type':'tool_call','id':'t1','name':'weather',"
                + "'arguments':{'city':'Lisbon'}}]},"
                + "{'role':'user','parts':[{'type':'tool_call_response','id':'t1',"
                + "'response':'21'},{'type':'image','source':'x'}]}]");
  }

  @Test
  void text_fromEveryShape() {
    assertThat(Messages.text("a")).isEqualTo("a");
    assertThat(Messages.text(read("{'text':'a','files':[]}"))).isEqualTo("a");
    assertThat(Messages.text(read("{'role':'assistant','content':'a'}"))).isEqualTo("a");
    assertThat(Messages.text(read("{'content':[{'text':'a'},{'type':'x'},{'text':'b'}]}")))
        .isEqualTo("ab");
    assertThat(Messages.text(read("[{'text':'a'}]"))).isEqualTo("a");
    assertThat(Messages.text(read("{'object':1}"))).isNull();
    assertThat(Messages.text(42)).isNull();
    assertThat(Messages.text(null)).isNull();
  }

  @Test
  void output_textThenToolCalls() {
    List<?> calls =
        Messages.toolCalls(read("{'toolCalls':[{'toolCallId':'c','toolName':'w','args':{}}]}"));

    assertThat(json(Messages.output("a", calls)))
        .isEqualTo(
            "[{'role':'assistant','parts':[{'type':'text','content':'a'},"
                + "{'type':'tool_call','id':'c','name':'w','arguments':{}}]}]");
  }

  private static Object read(String json) {
    return java.util.Objects.requireNonNull(JsonReader.read(json.replace('\'', '"')));
  }

  private static String json(Object value) {
    JsonWriter json = new JsonWriter();
    ObjectEncoder.write(json, value, ROOM);
    return json.toString().replace('"', '\'');
  }

  private static String user(String text) {
    return "[{'role':'user','parts':[{'type':'text','content':'" + text + "'}]}]";
  }
}
