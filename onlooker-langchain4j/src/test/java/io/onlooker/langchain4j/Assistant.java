package io.onlooker.langchain4j;

/** An AI service without a memory. */
interface Assistant {

  String chat(String question);
}
