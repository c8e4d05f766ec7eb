package io.onlooker.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.test.ScriptedModelServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedModelServerTest {

  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> ask(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + "/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void reply_textThenTool() throws Exception {
    server.reply(
        Reply.text("Hello \"you\"\n").tokens(7, 5), Reply.toolCall("search", "{\"q\":\"x\"}"));

    String text = ask("{\"model\":\"gpt-4o\"}").body();
    String tool = ask("{\"model\":\"gpt-4o\"}").body();

    assertThat(text)
        .contains("\"model\":\"gpt-4o\"")
        .contains("\"content\":\"Hello \\\"you\\\"\\u000a\"")
        .contains("\"finish_reason\":\"stop\"")
        .contains("\"prompt_tokens\":7,\"completion_tokens\":5,\"total_tokens\":12");
    assertThat(tool)
        .contains("\"finish_reason\":\"tool_calls\"")
        .contains("\"name\":\"search\",\"arguments\":\"{\\\"q\\\":\\\"x\\\"}\"");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void reply_streamed() throws Exception {
    server.reply(Reply.text("one two three"), Reply.text("again"));

    HttpResponse<String> streamed =
        ask("{\"model\":\"m\",\"stream\": true,\"stream_options\":{\"include_usage\":true}}");
    String withoutUsage = ask("{\"model\":\"m\",\"stream\":true}").body();

    assertThat(streamed.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(streamed.body())
        .contains("\"content\":\"one \"", "\"content\":\"two \"", "\"content\":\"three\"")
        .contains("\"choices\":[],\"usage\":{")
        .endsWith("data: [DONE]\n\n");
    assertThat(withoutUsage).doesNotContain("usage");
  }

  @Test
  void reply_error() throws Exception {
    server.reply(Reply.error(429, "slow down"));

    HttpResponse<String> response = ask("{}");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("\"message\":\"slow down\"");
  }

  @Test
  void rule_beforeTheScriptAndForEver() throws Exception {
    server.reply(Reply.text("scripted")).when(b -> b.contains("weather"), Reply.text("sunny"));

    assertThat(ask("{\"q\":\"weather\"}").body()).contains("sunny");
    assertThat(ask("{\"q\":\"weather\"}").body()).contains("sunny");
    assertThat(ask("{}").body()).contains("scripted");
    assertThat(ask("{}").statusCode()).isEqualTo(500);
  }
}
