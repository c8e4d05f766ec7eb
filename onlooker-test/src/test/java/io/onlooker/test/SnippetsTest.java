package io.onlooker.test;

import io.onlooker.Snippets;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@link TutorialTest} runs the samples of the SDK's README and of the first page. */
class SnippetsTest {

  @Test
  void documents_showWhatRuns() throws IOException {
    Snippets.check();
  }
}
