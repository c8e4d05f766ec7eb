package io.onlooker.examples.agent;

import io.onlooker.Onlooker;
import io.onlooker.examples.web.Backend;
import java.io.IOException;
import java.net.URI;

/** The agent's backend and page. {@code SENTRY_DSN} says where the spans go. */
public final class SupportBackend {

  private SupportBackend() {}

  public static void main(String[] arguments) throws IOException {
    Onlooker onlooker = Onlooker.init();
    Chat chat = new Chat(onlooker, new SupportAgent(onlooker, new CustomModel(model())));
    Backend.open().page(SupportBackend.class).on("POST /api/ai/chat", chat::answer).start();
  }

  private static URI model() throws IOException {
    String address = System.getenv("CUSTOM_MODEL_URL");
    return address == null ? LocalModel.start() : URI.create(address);
  }
}
