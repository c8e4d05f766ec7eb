package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says holds: its query is answered with figures. */
class ReadmeTest {

  private static final Path README = Path.of("../README.md");
  private static final Pattern QUERY =
      Pattern.compile("<!-- query -->\n```sh\n.*?-d '(\\{.*?})'\n```", Pattern.DOTALL);
  private static final String TOKEN = "token-0123456789abcdef";

  @TempDir Path folder;

  @Test
  void query_isAnswered() throws Exception {
    Matcher query = QUERY.matcher(Files.readString(README));
    assertThat(query.find()).isTrue();

    HttpResponse<String> answer = post(query.group(1));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("gen_ai.request.model", "p95(span.duration)");
  }

  private HttpResponse<String> post(String body) throws Exception {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(null, TOKEN);
    try (OnlookerServer server = OnlookerServer.open(config);
        HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/query");
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + TOKEN)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
