package io.onlooker.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the library's messages into ours and back. */
final class Messages {

  private Messages() {}

  static Request request(ServiceRequestContext context, RequestHeaders headers, byte[] body) {
    return new Request(
        headers.method().name(),
        context.decodedMappedPath(),
        context.pathParams(),
        query(context.query()),
        headers(headers),
        body);
  }

  static HttpResponse response(Response response) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.valueOf(response.status()))
            .add("x-content-type-options", "nosniff");
    response.headers().forEach(headers::set);
    return HttpResponse.of(headers.build(), HttpData.wrap(response.body()));
  }

  private static Map<String, List<String>> headers(RequestHeaders headers) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (Map.Entry<AsciiString, String> header : headers) {
      String name = header.getKey().toString();
      String key = name.equals(":authority") ? "host" : name;
      map.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(header.getValue());
    }
    return map;
  }

  private static Map<String, List<String>> query(@Nullable String query) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    if (query != null) {
      QueryParams.fromQueryString(query)
          .forEach((name, value) -> map.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value));
    }
    return map;
  }
}
