package io.onlooker.examples.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.examples.testing.Chromium;
import io.onlooker.examples.testing.ExampleProcess;
import io.onlooker.examples.testing.OnlookerProcess;
import io.onlooker.test.CaptureServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shop's page in a real browser. */
@Timeout(180)
class PageTest {

  @TempDir Path folder;

  @Test
  void click_isInTheTraceOfTheOrder() throws Exception {
    OnlookerProcess.assumeBuilt();
    Chromium.assumeSentryInstalled();
    try (OnlookerProcess onlooker = OnlookerProcess.start(folder);
        ExampleProcess backend =
            ExampleProcess.start(CheckoutBackend.class, onlooker.dsn(), Map.of());
        Chromium page = Chromium.open(backend.address())) {
      page.find("input[name=mug]").sendKeys("\uE0032");
      page.find("#checkout").click();
      page.awaitText("#outcome", "is paid");

      assertThat(
              onlooker.figures(
                  3, "op:[ui.action, commerce.order.server, commerce.payment]", "count()", "trace"))
          .hasSize(1)
          .containsValue(3.0);
      assertThat(onlooker.figure(1, "op:ui.action", "sum(cart.value_minor)")).isEqualTo(2400);
      assertThat(onlooker.figure(1, "op:http.client name:*checkout*", "count()")).isEqualTo(1);
    }
  }

  @Test
  void withoutTheSdk_thePageWorksAndSaysSo() throws Exception {
    try (CaptureServer sentry = CaptureServer.start();
        ExampleProcess backend =
            ExampleProcess.start(
                CheckoutBackend.class, sentry.dsn(), Map.of("NODE_MODULES", folder.toString()));
        Chromium page = Chromium.open(backend.address())) {
      page.awaitText("#no-sentry", "not installed");
      page.find("input[name=mug]").sendKeys("\uE0031");
      page.find("#checkout").click();
      page.awaitText("#outcome", "is paid");
    }
  }
}
