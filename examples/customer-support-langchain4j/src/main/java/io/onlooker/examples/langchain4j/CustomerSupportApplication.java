package io.onlooker.examples.langchain4j;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import io.onlooker.Onlooker;
import io.onlooker.langchain4j.OnlookerLangChain4j;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A conversation of three turns, the last of them streamed. {@code SENTRY_DSN} says where it is
 * recorded; with {@code ONLOOKER_API_KEY} sessions go to a server of sessions instead.
 */
public final class CustomerSupportApplication {

  private static final int MAX_STEPS = 5;

  private final CustomerSupport support;

  private CustomerSupportApplication(CustomerSupport support) {
    this.support = support;
  }

  public static void main(String[] arguments) {
    try (Onlooker onlooker = Onlooker.init();
        Models models = new Models()) {
      CustomerSupport support =
          OnlookerLangChain4j.instrumentAgent(
              agent(models),
              o ->
                  o.apiKey(System.getenv("ONLOOKER_API_KEY"))
                      .apiUrl(System.getenv("ONLOOKER_API_URL"))
                      .agentName("customer-support")
                      .pii(true));
      new CustomerSupportApplication(support)
          .handleConversation("user-42", "thread-" + System.currentTimeMillis());
      onlooker.flush(Duration.ofSeconds(10));
    }
  }

  private static CustomerSupport agent(Models models) {
    return AiServices.builder(CustomerSupport.class)
        .chatModel(models.chat())
        .streamingChatModel(models.streaming())
        .chatMemoryProvider(id -> MessageWindowChatMemory.builder().id(id).maxMessages(20).build())
        .tools(new SupportTools())
        .maxToolCallingRoundTrips(MAX_STEPS)
        .build();
  }

  private void handleConversation(String user, String thread) {
    System.out.println(
        support.generate(
            thread, user, "Hi, I need help with my account. My email is alice@example.com"));
    System.out.println(support.generate(thread, user, "What's the status of order ORD-12345?"));
    CompletableFuture<String> answer = new CompletableFuture<>();
    support.stream(thread, user, "Give me a summary of my recent orders.")
        .onPartialResponse(System.out::print)
        .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
        .onError(answer::completeExceptionally)
        .start();
    System.out.println("\n" + answer.join().length() + " characters");
  }
}
