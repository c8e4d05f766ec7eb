package io.onlooker.examples.langchain4j;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.UserName;

/** The agent: the memory's id is the conversation, the user's name the user. */
interface CustomerSupport {

  String INSTRUCTIONS =
      """
      You are a friendly customer support agent.
      Help customers with account lookups and order status checks.
      """;

  @SystemMessage(INSTRUCTIONS)
  String generate(@MemoryId String thread, @UserName String user, @UserMessage String question);

  @SystemMessage(INSTRUCTIONS)
  TokenStream stream(@MemoryId String thread, @UserName String user, @UserMessage String question);
}
