package io.onlooker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiTest {

  @Test
  void publicTypes_areTheListedOnes() throws Exception {
    ApiListing.check(Onlooker.class);
  }

  @Test
  void publicTypes_areFew() throws Exception {
    assertThat(ApiListing.types(Onlooker.class))
        .filteredOn(type -> type.getPackage().equals(Onlooker.class.getPackage()))
        .filteredOn(type -> type.getEnclosingClass() == null)
        .hasSizeLessThanOrEqualTo(30);
  }
}
