package io.onlooker.langchain4j;

import io.onlooker.ApiListing;
import org.junit.jupiter.api.Test;

class ApiTest {

  @Test
  void publicTypes_areTheListedOnes() throws Exception {
    ApiListing.check(OnlookerLangChain4j.class);
  }
}
