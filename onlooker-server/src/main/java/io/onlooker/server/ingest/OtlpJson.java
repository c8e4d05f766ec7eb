package io.onlooker.server.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fills protobuf messages from OTLP's JSON, which differs from protobuf's own JSON in one thing:
 * ids are hex, not base64 (OTLP specification, "JSON Protobuf Encoding"). Senders that overlooked
 * this are understood: the base64 of an id ends with {@code =}, which no hex digits do.
 *
 * <p>Fields that are not known are passed over. A span or log record that cannot be read is dropped
 * and counted; anything else that cannot be read is {@link Malformed}.
 */
final class OtlpJson {

  private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

  /** The messages that are items, with the name under which their drops are counted. */
  private static final Map<String, String> ITEMS = Map.of("Span", "span", "LogRecord", "log");

  private final Drops drops;

  OtlpJson(Drops drops) {
    this.drops = drops;
  }

  void read(JsonNode object, Message.Builder into) throws Malformed {
    Descriptor type = into.getDescriptorForType();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      FieldDescriptor field = field(type, entry.getKey());
      JsonNode value = entry.getValue();
      if (field == null || value.isNull()) {
        continue;
      }
      if (field.isRepeated()) {
        readList(field, value, into);
      } else {
        into.setField(field, value(field, value, into));
      }
    }
  }

  private void readList(FieldDescriptor field, JsonNode list, Message.Builder into)
      throws Malformed {
    if (!list.isArray()) {
      throw wrong(field, list, "a list");
    }
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    String item = message ? ITEMS.get(field.getMessageType().getName()) : null;
    int number = 0;
    for (JsonNode element : list) {
      number++;
      try {
        into.addRepeatedField(field, value(field, element, into));
      } catch (Malformed e) {
        if (item == null) {
          throw e;
        }
        drops.invalid(item, field.getJsonName() + "[" + number + "]: " + e.detail());
      }
    }
  }

  private Object value(FieldDescriptor field, JsonNode value, Message.Builder parent)
      throws Malformed {
    return switch (field.getJavaType()) {
      case MESSAGE -> message(field, value, parent);
      case STRING -> string(field, value);
      case BOOLEAN -> flag(field, value);
      case INT -> (int) whole(field, value);
      case LONG -> whole(field, value);
      case DOUBLE -> fraction(field, value);
      case FLOAT -> (float) fraction(field, value);
      case ENUM -> constant(field, value);
      case BYTE_STRING -> bytes(field, value);
    };
  }

  private Message message(FieldDescriptor field, JsonNode value, Message.Builder parent)
      throws Malformed {
    if (!value.isObject()) {
      throw wrong(field, value, "an object");
    }
    Message.Builder builder = parent.newBuilderForField(field);
    read(value, builder);
    return builder.build();
  }

  private static String string(FieldDescriptor field, JsonNode value) throws Malformed {
    if (!value.isValueNode()) {
      throw wrong(field, value, "text");
    }
    return value.asString();
  }

  private static boolean flag(FieldDescriptor field, JsonNode value) throws Malformed {
    if (!value.isBoolean()) {
      throw wrong(field, value, "true or false");
    }
    return value.booleanValue();
  }

  /** 64-bit numbers travel as text, but not every sender does that. */
  private static long whole(FieldDescriptor field, JsonNode value) throws Malformed {
    try {
      if (value.isString()) {
        String text = value.stringValue();
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
      }
      if (value.isNumber()) {
        return value.decimalValue().longValueExact();
      }
    } catch (NumberFormatException | ArithmeticException _) {
      throw wrong(field, value, "a whole number");
    }
    throw wrong(field, value, "a whole number");
  }

  private static double fraction(FieldDescriptor field, JsonNode value) throws Malformed {
    if (value.isNumber()) {
      return value.decimalValue().doubleValue();
    }
    try {
      return switch (value.asString("")) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        case String text -> Double.parseDouble(text);
      };
    } catch (NumberFormatException _) {
      throw wrong(field, value, "a number");
    }
  }

  private static EnumValueDescriptor constant(FieldDescriptor field, JsonNode value)
      throws Malformed {
    if (value.isString()) {
      EnumValueDescriptor named = field.getEnumType().findValueByName(value.stringValue());
      if (named == null) {
        throw wrong(field, value, "a name or number of " + field.getEnumType().getName());
      }
      return named;
    }
    return field.getEnumType().findValueByNumberCreatingIfUnknown((int) whole(field, value));
  }

  private static ByteString bytes(FieldDescriptor field, JsonNode value) throws Malformed {
    boolean id = IDS.contains(field.getName());
    try {
      String text = string(field, value);
      return ByteString.copyFrom(
          id && !text.endsWith("=")
              ? HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT))
              : Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw wrong(field, value, id ? "hex digits" : "base64");
    }
  }

  /** A field by its name in JSON; senders that write protobuf's own names are understood too. */
  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor plain = type.findFieldByName(name);
    if (plain != null) {
      return plain;
    }
    StringBuilder snake = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(c));
    }
    return type.findFieldByName(snake.toString());
  }

  private static Malformed wrong(FieldDescriptor field, JsonNode value, String expected) {
    String shown = value.toString();
    shown = shown.length() <= 60 ? shown : shown.substring(0, 60) + "…";
    return new Malformed(field.getJsonName() + ": " + shown + " (expected: " + expected + ")");
  }
}
