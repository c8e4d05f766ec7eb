package io.onlooker.langchain4j;

import org.jspecify.annotations.Nullable;

/** How LangChain4j is recorded where no {@code instrumentAgent} says so. */
public final class LangChain4jOptions {

  private @Nullable Boolean recordInputs;
  private @Nullable Boolean recordOutputs;
  private boolean automatic = true;

  LangChain4jOptions() {}

  /**
   * Whether questions, messages, instructions, tool definitions and tools' arguments are recorded;
   * unless set, {@code sendDefaultPii} decides (seed 003).
   */
  public LangChain4jOptions recordInputs(boolean on) {
    recordInputs = on;
    return this;
  }

  /**
   * Whether answers and tools' results are recorded; unless set, {@code sendDefaultPii} decides.
   */
  public LangChain4jOptions recordOutputs(boolean on) {
    recordOutputs = on;
    return this;
  }

  /**
   * Whether AI services and workflows are recorded that nobody instruments; true unless set. With
   * false, only what runs within an {@code instrumentAgent} is, and models that are instrumented.
   */
  public LangChain4jOptions automatic(boolean on) {
    automatic = on;
    return this;
  }

  Settings settings() {
    return new Settings(recordInputs, recordOutputs, automatic);
  }
}
