package io.onlooker.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerAddressTest {

  @Test
  void port_ofTheScheme() {
    assertThat(ServerAddress.of("https://API.anthropic.com"))
        .isEqualTo(new ServerAddress("api.anthropic.com", 443));
  }

  @Test
  void port_inTheUrl() {
    assertThat(ServerAddress.of("http://127.0.0.1:8080/v1"))
        .isEqualTo(new ServerAddress("127.0.0.1", 8080));
  }

  @Test
  void address_ofNoUrl() {
    assertThat(ServerAddress.of("no url at all")).isEqualTo(new ServerAddress(null, null));
  }
}
