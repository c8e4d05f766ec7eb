package io.onlooker;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SnippetsTest {

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
