package io.onlooker.server.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.onlooker.Attributes;
import io.onlooker.Drop;
import io.onlooker.Item;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes an {@code ExportTraceServiceRequest} straight from protobuf. Used once. */
final class OtlpTraces {

  private final OtlpWire wire;
  private final int maxItems;
  private final List<Item> items = new ArrayList<>();
  private final Drops drops = new Drops();

  OtlpTraces(byte[] body, int maxItems) {
    wire = new OtlpWire(body);
    this.maxItems = maxItems;
  }

  Decoded decoded() throws Malformed {
    try {
      for (OtlpWire.Part resource :
          parts(wire.whole(), ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER)) {
        resource(resource);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new Malformed("body: not protobuf (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw new Malformed("body: not protobuf (text that is not UTF-8)");
    }
    return new Decoded(items, drops, null);
  }

  /** What is shared may stand behind what shares it. */
  private void resource(OtlpWire.Part part) throws IOException {
    Resource.Builder resource = Resource.newBuilder();
    for (OtlpWire.Part one : parts(part, ResourceSpans.RESOURCE_FIELD_NUMBER)) {
      resource.mergeFrom(wire.open(one));
    }
    for (OtlpWire.Part scope : parts(part, ResourceSpans.SCOPE_SPANS_FIELD_NUMBER)) {
      scope(resource.build(), scope);
    }
  }

  private void scope(Resource resource, OtlpWire.Part part) throws IOException {
    InstrumentationScope.Builder scope = InstrumentationScope.newBuilder();
    for (OtlpWire.Part one : parts(part, ScopeSpans.SCOPE_FIELD_NUMBER)) {
      scope.mergeFrom(wire.open(one));
    }
    Attributes shared = OtlpProtocol.shared(resource, scope.build());
    for (OtlpWire.Part span : parts(part, ScopeSpans.SPANS_FIELD_NUMBER)) {
      add(wire.span(span), shared);
    }
  }

  private void add(OtlpSpan span, Attributes shared) {
    if (items.size() >= maxItems) {
      drops.add(Drop.TOO_MANY, "span");
      return;
    }
    try {
      items.add(OtlpSpans.read(span, shared));
    } catch (Malformed e) {
      drops.invalid("span", "span " + (items.size() + 1) + ": " + e.detail());
    }
  }

  private List<OtlpWire.Part> parts(OtlpWire.Part message, int wanted) throws IOException {
    List<OtlpWire.Part> parts = new ArrayList<>();
    wire.split(
        message,
        (field, part) -> {
          if (field == wanted) {
            parts.add(part);
          }
        });
    return parts;
  }
}
