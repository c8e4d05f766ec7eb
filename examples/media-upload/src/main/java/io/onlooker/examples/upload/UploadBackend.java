package io.onlooker.examples.upload;

import io.onlooker.Onlooker;
import io.onlooker.examples.web.Backend;
import java.io.IOException;

/** Takes uploads and enqueues them. {@code SENTRY_DSN} says where the spans go. */
public final class UploadBackend {

  private UploadBackend() {}

  public static void main(String[] arguments) throws IOException {
    Onlooker onlooker = Onlooker.init();
    Uploads uploads = new Uploads(onlooker, MediaQueue.open());
    Backend.open().page(UploadBackend.class).on("POST /api/upload", uploads::answer).start();
  }
}
