package io.onlooker.server.ingest;

import com.google.protobuf.ByteString;
import io.onlooker.Attributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** OTLP's attributes as ours: nested ones become JSON text. */
final class OtlpAttributes {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OtlpAttributes() {}

  static void put(Attributes.Builder attributes, List<KeyValue> values) {
    for (KeyValue value : values) {
      attributes.putIfAbsent(value.getKey(), value(value.getValue()));
    }
  }

  static void putScope(Attributes.Builder attributes, InstrumentationScope scope) {
    if (!scope.getName().isEmpty()) {
      attributes.putIfAbsent("otel.scope.name", scope.getName());
    }
    if (!scope.getVersion().isEmpty()) {
      attributes.putIfAbsent("otel.scope.version", scope.getVersion());
    }
    put(attributes, scope.getAttributesList());
  }

  /** The value as an attribute may hold it, or null. */
  static @Nullable Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BYTES_VALUE -> base64(value.getBytesValue());
      case ARRAY_VALUE -> nested(value) ? JSON.writeValueAsString(plain(value)) : list(value);
      case KVLIST_VALUE -> JSON.writeValueAsString(plain(value));
      default -> null;
    };
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** A list of objects or of lists, as the GenAI conventions have messages. */
  private static boolean nested(AnyValue array) {
    return array.getArrayValue().getValuesList().stream()
        .anyMatch(element -> element.hasKvlistValue() || element.hasArrayValue());
  }

  private static List<Object> list(AnyValue array) {
    List<Object> list = new ArrayList<>(array.getArrayValue().getValuesCount());
    for (AnyValue element : array.getArrayValue().getValuesList()) {
      Object value = value(element);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private static @Nullable Object plain(AnyValue value) {
    return switch (value.getValueCase()) {
      case ARRAY_VALUE -> plainList(value);
      case KVLIST_VALUE -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        value
            .getKvlistValue()
            .getValuesList()
            .forEach(pair -> map.put(pair.getKey(), plain(pair.getValue())));
        yield map;
      }
      default -> value(value);
    };
  }

  private static List<@Nullable Object> plainList(AnyValue array) {
    List<@Nullable Object> list = new ArrayList<>();
    array.getArrayValue().getValuesList().forEach(element -> list.add(plain(element)));
    return list;
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
