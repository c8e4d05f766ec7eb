package io.onlooker.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.test.CaptureServer;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole application over HTTP, with what a user of the starter writes and no more. */
@Timeout(300)
class ApplicationTest {

  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  private final ScriptedModelServer models = ScriptedModelServer.start();
  private final CaptureServer server = CaptureServer.start();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    models.close();
    server.close();
  }

  @Test
  void requests_areRecordedApart() throws Exception {
    models.reply(Reply.text("One."), Reply.text("Two."), Reply.text("Three."));

    try (ConfigurableApplicationContext context = run()) {
      assertThat(get(context, "/client")).isEqualTo("One.");
      assertThat(get(context, "/assistant")).isEqualTo("Two.");
      assertThat(get(context, "/user")).isEqualTo("user-42");
      assertThat(get(context, "/client", "sentry-trace", TRACE + "-0123456789abcdef-0"))
          .isEqualTo("Three.");
      assertThat(context.getBean(Onlooker.class).flush(Duration.ofSeconds(30))).isTrue();

      assertThat(get(context, "/actuator/info"))
          .contains("\"enabled\":true", "\"to\":\"" + server.uri() + " project 1\"", "\"sent\":5")
          .contains("\"openai-java\":", "\"langchain4j\":\"1.")
          .doesNotContain("sentry_key");
    }

    String sent = sent();
    assertThat(sent)
        .contains("gen_ai.invoke_agent", "user-42")
        .as("without leave no caller decides what is recorded")
        .doesNotContain(TRACE);
    assertThat(sent.split("\"user.id\":\"user-42\"", -1)).as("said by one request").hasSize(2);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .doesNotContain("not eligible for getting processed", " ERROR ");
  }

  @Test
  void traces_areContinuedWhereTold() throws Exception {
    models.reply(Reply.text("One."), Reply.text("Two."));

    try (ConfigurableApplicationContext context = run("--onlooker.web.continue-traces=true")) {
      get(context, "/client", "sentry-trace", TRACE + "-0123456789abcdef-1");
      get(context, "/client", "sentry-trace", "f".repeat(32) + "-0123456789abcdef-0");
      assertThat(context.getBean(Onlooker.class).flush(Duration.ofSeconds(30))).isTrue();
    }

    assertThat(sent()).contains(TRACE, "0123456789abcdef").doesNotContain("f".repeat(32));
  }

  @Test
  void property_impossible_isExplainedWithoutAStackTrace() {
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SpringApplication application = application();
      assertThatThrownBy(() -> application.run("--onlooker.dsn=http://secret@/1"))
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
    } finally {
      System.setOut(out);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("Description:", "onlooker.dsn: ", "Correct the property")
        .doesNotContain("secret@", "\tat ");
  }

  private ConfigurableApplicationContext run(String... more) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      return application().run(more);
    } finally {
      System.setOut(out);
    }
  }

  private SpringApplication application() {
    SpringApplication application = new SpringApplication(Application.class);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("models", models));
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.tomcat.threads.max", "1",
            "server.tomcat.threads.min-spare", "1",
            "management.endpoints.web.exposure.include", "info",
            "onlooker.dsn", server.dsn()));
    return application;
  }

  private static String get(ConfigurableApplicationContext context, String path, String... header)
      throws Exception {
    String address =
        "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    if (header.length > 0) {
      request.headers(header);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  private String sent() {
    StringBuilder all = new StringBuilder();
    server.waiting().forEach(request -> all.append(request.text()).append('\n'));
    return all.toString();
  }

  /** What the application is about. */
  interface Assistant {

    String chat(String question);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    OpenAIClient client(ScriptedModelServer models) {
      return OpenAIOkHttpClient.builder().apiKey("key").baseUrl(models.uri().toString()).build();
    }

    @Bean
    Assistant assistant(ScriptedModelServer models) {
      return AiServices.create(
          Assistant.class,
          OpenAiChatModel.builder()
              .apiKey("key")
              .baseUrl(models.uri().toString())
              .modelName("gpt-4o-mini")
              .build());
    }

    @Bean
    Pages pages(OpenAIClient client, Assistant assistant, Onlooker onlooker) {
      return new Pages(client, assistant, onlooker);
    }
  }

  @RestController
  static class Pages {

    private final OpenAIClient client;
    private final Assistant assistant;
    private final Onlooker onlooker;

    Pages(OpenAIClient client, Assistant assistant, Onlooker onlooker) {
      this.client = client;
      this.assistant = assistant;
      this.onlooker = onlooker;
    }

    @GetMapping("/client")
    String client() {
      return client
          .chat()
          .completions()
          .create(
              ChatCompletionCreateParams.builder()
                  .model(ChatModel.GPT_4O_MINI)
                  .addUserMessage("Where?")
                  .build())
          .choices()
          .get(0)
          .message()
          .content()
          .orElse("");
    }

    @GetMapping("/assistant")
    String assistant() {
      return assistant.chat("Where?");
    }

    @GetMapping("/user")
    String user() {
      onlooker.setUser("user-42");
      return onlooker.startSpan(SpanOptions.agentRun("by hand"), span -> "user-42");
    }
  }
}
