package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.service.TokenStream;
import io.onlooker.langchain4j.OnlookerLangChain4j;
import io.onlooker.session.AgentOptions;
import io.onlooker.test.ScriptedModelServer.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Seed 004's agent as an AI service of LangChain4j's. */
class LangChain4jTest extends SupportAgentContract {

  private record Assistant(LangChain4jSupport support) implements Agent {

    @Override
    public String ask(@Nullable String thread, String question) {
      return thread == null ? support.generate(question) : support.generate(thread, question);
    }

    @Override
    public List<String> stream(String thread, String question) throws Exception {
      return heard(support.stream(thread, question));
    }
  }

  private static List<String> heard(TokenStream stream) throws Exception {
    List<String> pieces = new CopyOnWriteArrayList<>();
    CompletableFuture<List<String>> all = new CompletableFuture<>();
    stream
        .onPartialResponse(pieces::add)
        .onCompleteResponse(_ -> all.complete(pieces))
        .onError(all::completeExceptionally)
        .start();
    return all.get(30, TimeUnit.SECONDS);
  }

  @Override
  Agent bare(@Nullable String thread) {
    return new Assistant(LangChain4jSupport.asking(fixture.model()));
  }

  @Override
  Agent instrumented(@Nullable String thread, Consumer<AgentOptions> configure) {
    return new Assistant(
        OnlookerLangChain4j.instrumentAgent(LangChain4jSupport.asking(fixture.model()), configure));
  }

  @Override
  String model() {
    return "gpt-4o-mini";
  }

  @Override
  String provider() {
    return "openai";
  }

  @Override
  String told(Throwable thrown) {
    return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }

  @Test
  void stream_tellsTheCallerOfTools() throws Exception {
    fixture.script(
        Reply.toolCall("lookupUser", "{\"query\": \"me\"}"), Reply.text("It is on its way."));
    List<String> tools = new CopyOnWriteArrayList<>();
    LangChain4jSupport tracked =
        OnlookerLangChain4j.instrumentAgent(
            LangChain4jSupport.asking(fixture.model()), o -> o.onlooker(fixture.onlooker()));

    heard(
        tracked.stream("convo-abc", "Where is it?")
            .onToolExecuted(execution -> tools.add(execution.request().name())));

    assertThat(tools).containsExactly("lookupUser");
    assertThat(fixture.session().text("status")).isEqualTo("completed");
  }
}
