package io.onlooker.adk;

import io.onlooker.ApiListing;
import org.junit.jupiter.api.Test;

class ApiTest {

  @Test
  void publicTypes_areTheListedOnes() throws Exception {
    ApiListing.check(OnlookerAdk.class);
  }
}
