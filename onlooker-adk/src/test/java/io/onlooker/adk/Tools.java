package io.onlooker.adk;

import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.FunctionTool;
import com.google.adk.tools.ToolContext;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Map;

/** What the agents of the tests may do. */
public final class Tools {

  private Tools() {}

  static FunctionTool of(String name) {
    return FunctionTool.create(Tools.class, name);
  }

  @Schema(description = "Look up a customer by name or email")
  public static Map<String, Object> lookupUser(@Schema(name = "query") String query) {
    return Map.of("id", "USR-123", "name", query);
  }

  @Schema(description = "Check order status by order ID")
  public static Map<String, Object> checkOrder(@Schema(name = "orderId") String orderId) {
    if (orderId.isEmpty()) {
      throw new IllegalArgumentException("orderId: empty (expected: ORD-…)");
    }
    return Map.of("order", orderId, "state", "on its way");
  }

  @Schema(description = "Check order status elsewhere")
  public static Single<Map<String, Object>> checkLater(@Schema(name = "orderId") String orderId) {
    return Single.just(Map.<String, Object>of("order", orderId)).subscribeOn(Schedulers.io());
  }

  @Schema(description = "Fails when it is run, which is not when it is called")
  public static Single<Map<String, Object>> failLater(@Schema(name = "orderId") String orderId) {
    return Single.error(new IllegalStateException(orderId + ": the carrier does not answer"));
  }

  @Schema(description = "Says that it is enough")
  public static Map<String, Object> enough(@Schema(name = "toolContext") ToolContext toolContext) {
    toolContext.actions().setEscalate(true);
    return Map.of("status", "success");
  }

  @Schema(description = "Does work of its own")
  public static Map<String, Object> query(@Schema(name = "toolContext") ToolContext toolContext) {
    return OnlookerAdk.within(
        toolContext,
        () ->
            Onlooker.current()
                .startSpan(SpanOptions.named("SELECT"), span -> Map.<String, Object>of("rows", 3)));
  }
}
