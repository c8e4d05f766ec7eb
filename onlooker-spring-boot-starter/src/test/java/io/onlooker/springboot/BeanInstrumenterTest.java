package io.onlooker.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Model;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import io.onlooker.Onlooker;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import io.onlooker.openai.OnlookerOpenAi;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BeanInstrumenterTest {

  private static final ChatCompletionCreateParams QUESTION =
      ChatCompletionCreateParams.builder()
          .model(ChatModel.GPT_4O_MINI)
          .addUserMessage("Where is my order?")
          .build();

  private final ScriptedModelServer models = ScriptedModelServer.start();
  private final SpanRecorder recorder = SpanRecorder.createCurrent();

  @AfterEach
  void close() {
    recorder.close();
    models.close();
  }

  @Test
  void openAi_plainAndAsynchronous() {
    models.reply(Reply.text("Here."), Reply.text("There."));

    Contexts.runner()
        .withPropertyValues("onlooker.openai.record-outputs=true")
        .withBean(OpenAIClient.class, this::openAi)
        .withUserConfiguration(Asynchronous.class)
        .withBean(ScriptedModelServer.class, () -> models)
        .run(context -> {
          context.getBean(OpenAIClient.class).chat().completions().create(QUESTION);
          context.getBean(OpenAIClientAsync.class).chat().completions().create(QUESTION).join();

          assertThat(recorder.takeAll())
              .hasSize(2)
              .allSatisfy(span -> {
                assertThat(span.type()).isEqualTo(SpanType.MODEL_GENERATION);
                assertThat(span.input()).isNull();
                assertThat(span.output()).isNotNull();
              });
        });
  }

  @Test
  void openAi_ofAFactory() {
    models.reply(Reply.text("Here."));

    Contexts.runner()
        .withUserConfiguration(Factory.class)
        .withBean(ScriptedModelServer.class, () -> models)
        .run(context -> {
          context.getBean(OpenAIClient.class).chat().completions().create(QUESTION);

          assertThat(recorder.takeAll()).hasSize(1);
        });
  }

  @Test
  void openAi_instrumentedByTheApplication_keepsItsSettings() {
    models.reply(Reply.text("Here."));

    Contexts.runner()
        .withBean(
            OpenAIClient.class,
            () -> OnlookerOpenAi.instrument(openAi(), options -> options.provider("mine")))
        .run(context -> {
          context.getBean(OpenAIClient.class).chat().completions().create(QUESTION);

          assertThat(recorder.take().attributes().string("gen_ai.provider.name")).isEqualTo("mine");
        });
  }

  @Test
  void anthropic() {
    models.reply(Reply.text("Here."));
    MessageCreateParams question =
        MessageCreateParams.builder()
            .model(Model.of("claude-sonnet-4-5"))
            .maxTokens(100)
            .addUserMessage("Where is my order?")
            .build();

    Contexts.runner()
        .withBean(
            AnthropicClient.class,
            () ->
                AnthropicOkHttpClient.builder()
                    .apiKey("key")
                    .baseUrl(models.origin().toString())
                    .build())
        .run(context -> {
          context.getBean(AnthropicClient.class).messages().create(question);

          assertThat(recorder.take().name()).isEqualTo("chat claude-sonnet-4-5");
        });
  }

  @Test
  void langChain4j_modelAndServiceInOneProcessWithOpenAi() {
    models.reply(Reply.text("One."), Reply.text("Two."), Reply.text("Three."));

    Contexts.runner()
        .withBean(OpenAIClient.class, this::openAi)
        .withUserConfiguration(LangChain4jBeans.class)
        .withBean(ScriptedModelServer.class, () -> models)
        .run(context -> {
          context.getBean(OpenAIClient.class).chat().completions().create(QUESTION);
          context.getBean(dev.langchain4j.model.chat.ChatModel.class).chat("Where?");
          context.getBean(Assistant.class).chat("Where?");

          List<SpanSnapshot> spans = recorder.takeAll();
          assertThat(spans)
              .extracting(SpanSnapshot::type)
              .containsExactly(
                  SpanType.MODEL_GENERATION,
                  SpanType.MODEL_GENERATION,
                  SpanType.MODEL_GENERATION,
                  SpanType.AGENT_RUN);
          assertThat(spans.get(2).parentSpanId()).isEqualTo(spans.get(3).spanId());
        });
  }

  @Test
  void bean_declaredAsAClass_staysThatClass() {
    try (LogLines lines = LogLines.ofOnlooker()) {
      Contexts.runner()
          .withUserConfiguration(DeclaredAsClass.class)
          .withBean(ScriptedModelServer.class, () -> models)
          .run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(OpenAiChatModel.class);
            assertThat(lines.all())
                .anyMatch(line -> line.startsWith("bean model: declared as dev.langchain4j.model"));
          });
    }
  }

  @Test
  void bean_withoutADsn_isTheApplicationsOwn() {
    recorder.onlooker().close();

    Contexts.runner()
        .withBean(OpenAIClient.class, this::openAi)
        .run(context -> {
          assertThat(context.getBean(Onlooker.class).enabled()).isFalse();
          assertThat(Proxy.isProxyClass(context.getBean(OpenAIClient.class).getClass())).isFalse();
        });
  }

  @Test
  void bean_switchedOff_isTheApplicationsOwn() {
    Contexts.runner()
        .withPropertyValues("onlooker.openai.enabled=false")
        .withBean(OpenAIClient.class, this::openAi)
        .run(context ->
            assertThat(Proxy.isProxyClass(context.getBean(OpenAIClient.class).getClass()))
                .isFalse());
  }

  @Test
  void bean_thatAnExporterUses_isNotInstrumented() {
    Contexts.runner()
        .withBean(OpenAIClient.class, this::openAi)
        .withUserConfiguration(AskingProcessor.class)
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(OpenAIClient.class));
  }

  @Test
  void libraries_thatAreMissing_areNotAskedFor() {
    Contexts.runner()
        .withClassLoader(
            new FilteredClassLoader(
                "com.openai",
                "com.anthropic",
                "dev.langchain4j",
                "org.springframework.ai",
                "jakarta.servlet",
                "org.springframework.boot.actuate"))
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(Onlooker.class);
          assertThat(context.getBeansOfType(Instrumented.class).values())
              .extracting(Instrumented::library)
              .containsExactly("spring-boot");
        });
  }

  private OpenAIClient openAi() {
    return OpenAIOkHttpClient.builder().apiKey("key").baseUrl(models.uri().toString()).build();
  }

  interface Assistant {

    String chat(String question);
  }

  @Configuration(proxyBeanMethods = false)
  static class Asynchronous {

    @Bean
    OpenAIClientAsync asynchronous(ScriptedModelServer models) {
      return OpenAIOkHttpClientAsync.builder()
          .apiKey("key")
          .baseUrl(models.uri().toString())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Factory {

    @Bean
    FactoryBean<OpenAIClient> client(ScriptedModelServer models) {
      return new FactoryBean<>() {
        @Override
        public OpenAIClient getObject() {
          return OpenAIOkHttpClient.builder()
              .apiKey("key")
              .baseUrl(models.uri().toString())
              .build();
        }

        @Override
        public Class<?> getObjectType() {
          return OpenAIClient.class;
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class LangChain4jBeans {

    @Bean
    dev.langchain4j.model.chat.ChatModel model(ScriptedModelServer models) {
      return langChain4j(models);
    }

    @Bean
    Assistant assistant(dev.langchain4j.model.chat.ChatModel model) {
      return AiServices.create(Assistant.class, model);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class DeclaredAsClass {

    @Bean
    OpenAiChatModel model(ScriptedModelServer models) {
      return langChain4j(models);
    }

    @Bean
    Function<String, String> user(OpenAiChatModel model) {
      return model::chat;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AskingProcessor {

    @Bean
    io.onlooker.Exporter exporter(OpenAIClient client) {
      return io.onlooker.export.ConsoleExporter.to(System.out);
    }
  }

  private static OpenAiChatModel langChain4j(ScriptedModelServer models) {
    return OpenAiChatModel.builder()
        .apiKey("key")
        .baseUrl(models.uri().toString())
        .modelName("gpt-4o-mini")
        .maxRetries(0)
        .build();
  }
}
