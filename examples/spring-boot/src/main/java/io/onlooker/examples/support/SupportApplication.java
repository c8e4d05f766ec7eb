package io.onlooker.examples.support;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Answers questions about orders, over HTTP. */
@SpringBootApplication(proxyBeanMethods = false)
public class SupportApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SupportApplication.class, arguments);
  }

  @Bean
  ChatClient support(ChatClient.Builder builder, ChatMemory memory) {
    return builder
        .defaultSystem("You are a friendly customer support agent.")
        .defaultTools(new OrderTools())
        .defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
        .build();
  }
}
