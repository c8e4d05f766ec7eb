package io.onlooker.examples.demo;

import io.onlooker.examples.agent.Customers;
import io.onlooker.examples.agent.SupportBackend;
import io.onlooker.examples.checkout.CheckoutBackend;
import io.onlooker.examples.checkout.Shoppers;
import io.onlooker.examples.search.SearchBackend;
import io.onlooker.examples.search.Typists;
import io.onlooker.examples.upload.MediaWorker;
import io.onlooker.examples.upload.UploadBackend;
import io.onlooker.examples.upload.Uploaders;
import io.onlooker.examples.web.Visits;
import java.util.List;

/**
 * An example: who listens, who works beside it, and what its visitors do.
 *
 * @param workers programs that nobody visits
 */
record Example(String name, Class<?> backend, List<Class<?>> workers, Visits visits) {

  static List<Example> all() {
    return List.of(
        new Example("checkout", CheckoutBackend.class, List.of(), Shoppers::visits),
        new Example(
            "media upload", UploadBackend.class, List.of(MediaWorker.class), Uploaders::visits),
        new Example("search", SearchBackend.class, List.of(), Typists::visits),
        new Example("support agent", SupportBackend.class, List.of(), Customers::visits));
  }
}
