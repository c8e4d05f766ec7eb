package io.onlooker.langchain4j;

import dev.langchain4j.service.TokenStream;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;

/**
 * The answers of a workflow's agents that come in pieces: LangChain4j tells that an agent has ended
 * when it returns such an answer, which is before the answer has begun.
 */
final class Streams {

  private static final Map<TokenStream, UUID> INVOCATIONS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private Streams() {}

  /** The stream is the answer of this call of an AI service. */
  static void begun(TokenStream stream, UUID invocation) {
    INVOCATIONS.put(stream, invocation);
  }

  /**
   * Has what comes of the stream told to this ending as well.
   *
   * @return whether the stream is known and its call goes on
   */
  static boolean follow(TokenStream stream, Ending ending) {
    UUID invocation = INVOCATIONS.get(stream);
    return invocation != null && Runs.follow(invocation, ending);
  }
}
