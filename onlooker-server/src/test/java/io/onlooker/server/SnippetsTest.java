package io.onlooker.server;

import io.onlooker.Snippets;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Documents show clients as the tests run them. */
class SnippetsTest {

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
