package io.onlooker.server.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls that pages show are answered as they say. */
class DocumentedCallsTest {

  private static final Path PAGES = Path.of("../docs");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern CALL =
      Pattern.compile(
          "<!-- call (\\d+) -->\n```http\n(\\w+) (\\S+)\n(.*?)```\n```json\n(.*?)```",
          Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"sessions-api.md", "privacy.md"})
  void calls_areAnsweredAsThePageSays(String page, @TempDir Path folder) throws Exception {
    String text = Files.readString(PAGES.resolve(page));
    List<MatchResult> calls = CALL.matcher(text).results().toList();

    try (SessionClient client = new SessionClient(folder)) {
      assertThat(calls).hasSizeGreaterThan(3);
      for (MatchResult call : calls) {
        HttpResponse<String> answer = client.send(request(client, call));

        String told = call.group(2) + " " + call.group(3) + ": " + answer.body();
        assertThat(answer.statusCode()).as(told).isEqualTo(Integer.parseInt(call.group(1)));
        assertHas(told, JSON.readTree(answer.body()), JSON.readTree(call.group(5)));
      }
    }
  }

  private static HttpRequest.Builder request(SessionClient client, MatchResult call) {
    boolean ours = call.group(3).startsWith("/api/v1/");
    return client
        .request(call.group(3), ours ? SessionClient.TOKEN : SessionClient.KEY)
        .method(call.group(2), BodyPublishers.ofString(call.group(4)));
  }

  /** Everything that is expected; an ellipsis stands for any text. */
  private static void assertHas(String told, JsonNode actual, JsonNode expected) {
    if (expected.isObject()) {
      for (Map.Entry<String, JsonNode> member : expected.properties()) {
        assertHas(told + "\n" + member.getKey(), actual.path(member.getKey()), member.getValue());
      }
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(told).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertHas(told, actual.path(i), expected.path(i));
      }
    } else if (expected.isNumber()) {
      assertThat(actual.decimalValue()).as(told).isEqualByComparingTo(expected.decimalValue());
    } else if (expected.asString().equals("…")) {
      assertThat(actual.isString()).as(told).isTrue();
    } else {
      assertThat(actual).as(told).isEqualTo(expected);
    }
  }
}
