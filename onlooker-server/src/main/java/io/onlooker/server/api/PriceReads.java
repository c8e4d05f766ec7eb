package io.onlooker.server.api;

import io.onlooker.server.cost.Cost;
import io.onlooker.server.cost.ModelCall;
import io.onlooker.server.cost.PriceMatch;
import io.onlooker.server.cost.PriceRow;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers which price a model has and what a call costs; amounts are exact decimals as text. */
record PriceReads(IntFunction<Prices> prices, ToIntFunction<Request> projectOf) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  Response lookup(Request request) {
    int project = projectOf.applyAsInt(request);
    String model = request.parameter("model");
    if (model == null) {
      throw Problem.missing("model", "the name of a model as a client sends it");
    }
    PriceMatch match = prices.apply(project).lookup(request.parameter("provider"), model);
    ObjectNode answer = object();
    answer.put("provider", match == null ? null : match.provider());
    answer.put("model", match == null ? null : match.model());
    return json(answer);
  }

  Response cost(Request request) {
    int project = projectOf.applyAsInt(request);
    ModelCall call = PriceBody.of(request.body());
    Cost cost = Cost.of(call, prices.apply(project));
    ObjectNode answer = object();
    answer.put("cost_usd", cost.usd() == null ? null : Cost.plain(cost.usd()));
    answer.set("row", cost.row() == null ? null : row(cost.row(), cost));
    answer.put("arithmetic", cost.arithmetic());
    answer.put("reason", cost.reason());
    cost.flags().forEach(answer.putArray("flags")::add);
    return json(answer);
  }

  private static ObjectNode row(PriceRow row, Cost cost) {
    ObjectNode shown = object();
    shown.put("provider", row.provider());
    shown.put("model", row.model());
    shown.put("valid_from", Objects.toString(row.validFrom(), null));
    shown.put("valid_to", Objects.toString(row.validTo(), null));
    shown.put("tier", cost.tier());
    row.sources().forEach(shown.putArray("sources")::add);
    return shown;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Response json(ObjectNode answer) {
    return Response.json(200, JSON.writeValueAsString(answer));
  }
}
