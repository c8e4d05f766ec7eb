package io.onlooker.springai;

import io.onlooker.ApiListing;
import org.junit.jupiter.api.Test;

class ApiTest {

  @Test
  void publicTypes_areTheListedOnes() throws Exception {
    ApiListing.check(OnlookerSpringAi.class);
  }
}
