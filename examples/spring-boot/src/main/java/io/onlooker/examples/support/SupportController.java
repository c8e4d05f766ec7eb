package io.onlooker.examples.support;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /conversations/ID} with a question; the answer comes back. */
@RestController
final class SupportController {

  private final ChatClient support;

  SupportController(ChatClient support) {
    this.support = support;
  }

  @PostMapping("/conversations/{id}")
  @Nullable String ask(@PathVariable String id, @RequestBody String question) {
    return support
        .prompt(question)
        .advisors(advisors -> advisors.param(ChatMemory.CONVERSATION_ID, id))
        .call()
        .content();
  }
}
