package io.onlooker.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters and results of requests as maps, as the transport itself would write them. */
final class Json {

  private Json() {}

  static final class Fields extends TypeRef<LinkedHashMap<String, Object>> {}

  /** The fields of an object; none when it is none, or cannot be one. */
  static Map<String, Object> fields(@Nullable Object value, @Nullable McpTransport transport) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> fields = new LinkedHashMap<>();
      map.forEach((key, field) -> fields.put(String.valueOf(key), field));
      return fields;
    }
    if (value == null || transport == null) {
      return Map.of();
    }
    return transport.unmarshalFrom(value, new Fields());
  }

  /** The fields of a result that no transport has read, as the SDK would write it. */
  static Map<String, Object> written(Object result) {
    return McpJsonDefaults.getMapper().convertValue(result, new Fields());
  }

  static @Nullable String text(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  static Map<String, Object> object(Map<String, Object> fields, String name) {
    return fields(fields.get(name), null);
  }

  static List<?> list(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof List<?> list ? list : List.of();
  }
}
