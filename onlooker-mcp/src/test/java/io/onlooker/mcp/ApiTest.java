package io.onlooker.mcp;

import io.onlooker.ApiListing;
import org.junit.jupiter.api.Test;

class ApiTest {

  @Test
  void publicTypes_areTheListedOnes() throws Exception {
    ApiListing.check(OnlookerMcp.class);
  }
}
