package io.onlooker.server.pricing;

import io.onlooker.server.cost.PriceRow;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/prices}: the table, a project's own rows, and pricing again what is stored. */
public final class PriceSettings {

  private final OwnPrices prices;
  private final Repricing repricing;
  private final ToIntFunction<Request> readable;
  private final ToIntFunction<Request> administered;
  private final InstantSource clock;

  /**
   * Over these prices.
   *
   * @param readable whose prices a request may read; throws {@link HttpProblem} for none
   * @param administered whose prices it may change, likewise
   */
  public PriceSettings(
      OwnPrices prices,
      Repricing repricing,
      ToIntFunction<Request> readable,
      ToIntFunction<Request> administered,
      InstantSource clock) {
    this.prices = prices;
    this.repricing = repricing;
    this.readable = readable;
    this.administered = administered;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    routes
        .get("/api/v1/prices", this::list)
        .get("/api/v1/prices/reprice", this::job)
        .post("/api/v1/prices/reprice", this::reprice)
        .get("/api/v1/prices/{id}/versions", this::versions)
        .on("PUT", "/api/v1/prices/{id}", this::put)
        .on("DELETE", "/api/v1/prices/{id}", this::delete);
  }

  private Response list(Request request) {
    int project = readable.applyAsInt(request);
    ObjectNode answer = OwnPrice.JSON.createObjectNode();
    answer.put("version", prices.of(project).version());
    ArrayNode own = answer.putArray("own");
    prices.rows(project).values().forEach(price -> own.add(shown(price)));
    ArrayNode shipped = answer.putArray("shipped");
    prices.shipped().rows().forEach(row -> shipped.add(shown(row)));
    return json(200, answer);
  }

  private Response put(Request request) {
    int project = administered.applyAsInt(request);
    OwnPrice price = OwnPrice.read(request.route("id"), request.body());
    prices.put(project, price, clock.instant());
    return json(200, shown(price));
  }

  private Response delete(Request request) {
    int project = administered.applyAsInt(request);
    String id = request.route("id");
    if (!prices.remove(project, id, clock.instant())) {
      throw notFound(id);
    }
    return json(200, OwnPrice.JSON.createObjectNode().put("removed", id));
  }

  private Response versions(Request request) {
    int project = readable.applyAsInt(request);
    String id = request.route("id");
    List<JsonNode> versions = prices.versions(project, id);
    if (versions.isEmpty()) {
      throw notFound(id);
    }
    ObjectNode answer = OwnPrice.JSON.createObjectNode();
    ArrayNode list = answer.putArray("versions");
    versions.forEach(list::add);
    return json(200, answer);
  }

  private Response job(Request request) {
    RepriceJob job = repricing.job(readable.applyAsInt(request));
    if (job == null) {
      throw new HttpProblem(404, "Not found", "job: none (expected: one that was begun)");
    }
    return json(200, job.shown());
  }

  /** {@code {"from": "2026-11-01", "to": "2026-11-20"}}; all that is stored without them. */
  private Response reprice(Request request) {
    int project = administered.applyAsInt(request);
    JsonNode body = body(request);
    Instant from = Objects.requireNonNullElse(day(body, "from"), Instant.EPOCH);
    Instant to = Objects.requireNonNullElse(day(body, "to"), clock.instant().plusSeconds(86_400));
    if (!from.isBefore(to)) {
      throw OwnPrice.wrong("from", from.toString(), "before to, " + to);
    }
    RepriceJob job = repricing.begin(project, from, to);
    if (job == null) {
      throw new HttpProblem(409, "Already running", "job: running (expected: one at a time)");
    }
    return json(202, job.shown());
  }

  private static JsonNode body(Request request) {
    try {
      JsonNode body =
          request.body().length == 0
              ? OwnPrice.JSON.createObjectNode()
              : OwnPrice.JSON.readTree(request.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException _) {
      // Told below, as a body that is no object is.
    }
    throw new HttpProblem(400, "Bad body", "body: not JSON (expected: an object with from, to)");
  }

  private static @Nullable Instant day(JsonNode body, String name) {
    JsonNode node = body.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    String text = node.asString("");
    try {
      return text.length() == "2026-11-20".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException _) {
      throw OwnPrice.wrong(name, node.toString(), "a time such as 2026-11-20T08:54:01Z");
    }
  }

  private static ObjectNode shown(OwnPrice price) {
    ObjectNode shown = price.json().deepCopy();
    return shown.put("id", price.id());
  }

  private static ObjectNode shown(PriceRow row) {
    ObjectNode shown = OwnPrice.JSON.createObjectNode();
    shown.put("provider", row.provider()).put("model", row.model());
    shown.put("valid_from", Objects.toString(row.validFrom(), null));
    shown.put("valid_to", Objects.toString(row.validTo(), null));
    row.prices().forEach((meter, price) -> shown.put(meter.key(), price));
    return shown;
  }

  private static HttpProblem notFound(String id) {
    String shown = id.length() <= 60 ? id : id.substring(0, 60) + "…";
    return new HttpProblem(404, "Not found", "id: " + shown + " (expected: a row that was set)");
  }

  private static Response json(int status, ObjectNode body) {
    return Response.json(status, OwnPrice.JSON.writeValueAsString(body));
  }
}
