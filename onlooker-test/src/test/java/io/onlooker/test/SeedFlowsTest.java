package io.onlooker.test;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three flows of seed 002, names, operations and attributes to the letter; the fourth is {@link
 * SeedAgentFlowTest}'s.
 */
class SeedFlowsTest {

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();
  private final Onlooker onlooker = recorder.onlooker();

  // E-commerce checkout

  private record Charge(String provider, String status) {}

  private String checkout(String provider, boolean declined) {
    SpanOptions options =
        SpanOptions.named("Checkout")
            .op("ui.action")
            .attribute("cart.item_count", 3)
            .attribute("cart.value_minor", 5997)
            .attribute("cart.currency", "USD")
            .attribute("payment.provider.ui_selected", provider);
    return onlooker.startSpan(
        options,
        span -> {
          try {
            String orderId = checkoutApi(onlooker.traceData(), provider, declined);
            span.setAttribute("order.id", orderId);
            span.setAttribute("payment.provider", provider);
            onlooker.logger().info("Order {} confirmed via {}", orderId, provider);
            return orderId;
          } catch (IllegalStateException e) {
            span.setStatus(SpanStatus.Code.ERROR, "internal_error");
            onlooker.logger().error("{}", e.getMessage());
            return "";
          }
        });
  }

  private String checkoutApi(Map<String, String> headers, String provider, boolean declined) {
    SpanOptions options = SpanOptions.named("Order Processing").op("commerce.order.server");
    return onlooker.continueTrace(
        headers, () -> onlooker.startSpan(options, span -> processOrder(span, provider, declined)));
  }

  private String processOrder(Span span, String provider, boolean declined) {
    SpanOptions payment =
        SpanOptions.named("Charge Payment Provider")
            .op("commerce.payment")
            .attribute("payment.provider", provider);
    Charge charge =
        onlooker.startSpan(
            payment,
            paymentSpan -> {
              Charge result = new Charge(provider, declined ? "failed" : "success");
              paymentSpan.setAttribute("payment.status", result.status());
              return result;
            });
    if (charge.status().equals("failed")) {
      span.setAttribute("payment.provider", charge.provider());
      span.setAttribute("payment.status", "failed");
      span.setAttribute("inventory.reserved", true);
      throw new IllegalStateException("Payment failed");
    }
    span.setAttribute("order.id", "order-1");
    span.setAttribute("payment.provider", charge.provider());
    span.setAttribute("payment.status", "success");
    span.setAttribute("inventory.reserved", true);
    return "order-1";
  }

  @Test
  void checkout_confirmed() {
    checkout("stripe", false);

    SpanSnapshot ui = recorder.take("Checkout");
    SpanSnapshot order = recorder.take("Order Processing");
    SpanSnapshot payment = recorder.take("Charge Payment Provider");
    assertThat(ui)
        .isRoot()
        .hasOp("ui.action")
        .hasExactlyAttributes(
            Map.of(
                "cart.item_count", 3,
                "cart.value_minor", 5997,
                "cart.currency", "USD",
                "payment.provider.ui_selected", "stripe",
                "order.id", "order-1",
                "payment.provider", "stripe"));
    assertThat(order)
        .hasParent(ui)
        .hasOp("commerce.order.server")
        .hasExactlyAttributes(
            Map.of(
                "order.id", "order-1",
                "payment.provider", "stripe",
                "payment.status", "success",
                "inventory.reserved", true));
    assertThat(payment)
        .hasParent(order)
        .hasOp("commerce.payment")
        .hasExactlyAttributes(Map.of("payment.provider", "stripe", "payment.status", "success"));
    assertThat(recorder.logs().get(0).body()).isEqualTo("Order order-1 confirmed via stripe");
  }

  @Test
  void checkout_declined() {
    checkout("paypal", true);

    assertThat(recorder.take("Charge Payment Provider")).hasAttribute("payment.status", "failed");
    assertThat(recorder.take("Order Processing"))
        .hasStatus(SpanStatus.Code.ERROR)
        .hasAttribute("payment.status", "failed");
    assertThat(recorder.take("Checkout")).hasStatus(SpanStatus.error("internal_error"));
    assertThat(recorder.logs().get(0).body()).isEqualTo("Payment failed");
  }

  // Media upload with a queue

  private record Job(String id, long fileSize, String fileType, Map<String, String> trace) {}

  private Job upload(long fileSize, String fileType) {
    SpanOptions upload =
        SpanOptions.named("Upload media")
            .op("file.upload")
            .attribute("file.size_bytes", fileSize)
            .attribute("file.mime_type", fileType);
    return onlooker.startSpan(
        upload,
        span -> {
          Job job = enqueue(fileSize, fileType);
          span.setAttribute("upload.success", true);
          span.setAttribute("upload.duration_ms", 12);
          span.setAttribute("job.id", job.id());
          return job;
        });
  }

  private Job enqueue(long fileSize, String fileType) {
    SpanOptions publish =
        SpanOptions.named("queue_producer")
            .op("queue.publish")
            .attribute("messaging.message.id", "job-7")
            .attribute("messaging.destination.name", "media-processing")
            .attribute("messaging.message.body.size", fileSize);
    return onlooker.startSpan(
        publish, span -> new Job("job-7", fileSize, fileType, onlooker.traceData()));
  }

  private String processMedia(Job job, boolean fails) {
    return onlooker.continueTrace(
        job.trace(),
        () -> {
          onlooker.runSpan(
              SpanOptions.named("media_processing_consumer"),
              parent -> consume(job, parent, fails));
          return "processed";
        });
  }

  private void consume(Job job, Span parent, boolean fails) {
    SpanOptions process =
        SpanOptions.named("queue_consumer")
            .op("queue.process")
            .attribute("messaging.message.id", job.id())
            .attribute("messaging.destination.name", "media-processing")
            .attribute("messaging.message.body.size", job.fileSize())
            .attribute("messaging.message.receive.latency", 35)
            .attribute("messaging.message.retry.count", 0);
    onlooker.runSpan(
        process,
        span -> {
          span.setAttribute("media.size_bytes", job.fileSize());
          span.setAttribute("media.mime_type", job.fileType());
          span.setAttribute("media.size_bucket", "medium");
          try {
            optimize(fails);
            span.setAttribute("processing.operations", "[\"optimize\",\"thumbnail\"]");
            span.setAttribute("processing.optimization_level", "high");
            span.setAttribute("processing.thumbnail_created", true);
            span.setAttribute("processing.duration_ms", 80);
            span.setAttribute("result.size_saved_bytes", (long) (job.fileSize() * 0.3));
            span.setAttribute("result.size_reduction_percent", 30);
            span.setAttribute("result.status", "success");
            parent.setStatus(SpanStatus.Code.OK, "ok");
          } catch (IllegalStateException e) {
            span.setAttribute("result.status", "failed");
            span.setAttribute("error.message", e.getMessage());
            parent.setStatus(SpanStatus.Code.ERROR, "error");
            onlooker.captureException(e);
          }
        });
  }

  private static void optimize(boolean fails) {
    if (fails) {
      throw new IllegalStateException("corrupt image");
    }
  }

  @Test
  void upload_consumedInAnotherThread() throws Exception {
    Job job = upload(2_000_000, "image/png");
    ExecutorService worker = Executors.newSingleThreadExecutor();
    worker.submit(() -> processMedia(job, false)).get();
    worker.shutdown();

    SpanSnapshot upload = recorder.take("Upload media");
    SpanSnapshot producer = recorder.take("queue_producer");
    SpanSnapshot consumer = recorder.take("queue_consumer");
    SpanSnapshot processing = recorder.take("media_processing_consumer");
    assertThat(upload)
        .hasOp("file.upload")
        .hasExactlyAttributes(
            Map.of(
                "file.size_bytes",
                2_000_000,
                "file.mime_type",
                "image/png",
                "upload.success",
                true,
                "upload.duration_ms",
                12,
                "job.id",
                "job-7"));
    assertThat(producer)
        .hasParent(upload)
        .hasOp("queue.publish")
        .hasExactlyAttributes(
            Map.of(
                "messaging.message.id", "job-7",
                "messaging.destination.name", "media-processing",
                "messaging.message.body.size", 2_000_000));
    assertThat(processing)
        .isRoot()
        .hasParent(producer)
        .hasOp(null)
        .hasStatus(new SpanStatus(SpanStatus.Code.OK, "ok"));
    assertThat(consumer)
        .hasParent(processing)
        .hasOp("queue.process")
        .hasAttribute("messaging.message.receive.latency", 35)
        .hasAttribute("messaging.message.retry.count", 0)
        .hasAttribute("media.size_bucket", "medium")
        .hasAttribute("processing.operations", "[\"optimize\",\"thumbnail\"]")
        .hasAttribute("processing.thumbnail_created", true)
        .hasAttribute("result.size_saved_bytes", 600_000)
        .hasAttribute("result.status", "success");
    assertThat(consumer.attributes().size()).isEqualTo(15);
  }

  @Test
  void upload_consumerFails() {
    processMedia(upload(10, "image/png"), true);

    recorder.take("Upload media");
    recorder.take("queue_producer");
    assertThat(recorder.take("queue_consumer"))
        .hasAttribute("result.status", "failed")
        .hasAttribute("error.message", "corrupt image");
    assertThat(recorder.take("media_processing_consumer")).hasStatus(SpanStatus.error("error"));
    assertThat(recorder.errors().get(0).exceptions().get(0).value()).isEqualTo("corrupt image");
  }

  // Search autocomplete

  private List<String> autocomplete(String query, @Nullable RuntimeException failure) {
    SpanOptions options =
        SpanOptions.named("Search autocomplete request")
            .op("function")
            .attribute("query.length", query.length())
            .attribute("ui.debounce_ms", 300);
    return onlooker.startSpan(
        options,
        span -> {
          try {
            List<String> results = search(query, failure);
            span.setAttribute("results.count", results.size());
            span.setAttribute("results.has_results", !results.isEmpty());
            span.setAttribute("http.response_size", 42);
            span.setStatus(SpanStatus.Code.OK, "ok");
            return results;
          } catch (CancellationException e) {
            span.setAttribute("ui.aborted", true);
            span.setStatus(SpanStatus.Code.ERROR, "cancelled");
            return List.of();
          } catch (RuntimeException e) {
            span.setStatus(SpanStatus.Code.ERROR, e.getMessage());
            throw e;
          }
        });
  }

  private List<String> search(String query, @Nullable RuntimeException failure) {
    return onlooker.startSpan(
        SpanOptions.named("Search").op("search"),
        span -> {
          if (failure != null) {
            span.setStatus(SpanStatus.Code.ERROR, failure.getMessage());
            span.setAttribute("error.type", failure.getClass().getSimpleName());
            throw failure;
          }
          span.setAttribute("search.engine", "elasticsearch");
          span.setAttribute("search.mode", query.length() < 3 ? "prefix" : "fuzzy");
          span.setAttribute("results.count", 2);
          span.setAttribute("query.length", query.length());
          return List.of("Alien", "Aliens");
        });
  }

  @Test
  void search_found() {
    autocomplete("ali", null);

    SpanSnapshot search = recorder.take("Search");
    SpanSnapshot request = recorder.take("Search autocomplete request");
    assertThat(request)
        .hasOp("function")
        .hasStatus(new SpanStatus(SpanStatus.Code.OK, "ok"))
        .hasExactlyAttributes(
            Map.of(
                "query.length", 3,
                "ui.debounce_ms", 300,
                "results.count", 2,
                "results.has_results", true,
                "http.response_size", 42));
    assertThat(search)
        .hasParent(request)
        .hasOp("search")
        .hasExactlyAttributes(
            Map.of(
                "search.engine",
                "elasticsearch",
                "search.mode",
                "fuzzy",
                "results.count",
                2,
                "query.length",
                3));
  }

  @Test
  void search_abortedByTyping() {
    autocomplete("al", new CancellationException("typed on"));

    recorder.take("Search");
    assertThat(recorder.take("Search autocomplete request"))
        .hasAttribute("ui.aborted", true)
        .hasStatus(new SpanStatus(SpanStatus.Code.CANCELLED, "cancelled"));
    assertThat(recorder.errors()).isEmpty();
  }

  @Test
  void search_failed() {
    IllegalStateException failure = new IllegalStateException("Search failed: 500");

    assertThatThrownBy(() -> autocomplete("alien", failure)).isSameAs(failure);

    assertThat(recorder.take("Search"))
        .hasStatus(SpanStatus.error("Search failed: 500"))
        .hasAttribute("error.type", "IllegalStateException");
    assertThat(recorder.take("Search autocomplete request"))
        .hasStatus(SpanStatus.error("Search failed: 500"))
        .hasError("java.lang.IllegalStateException");
  }
}
