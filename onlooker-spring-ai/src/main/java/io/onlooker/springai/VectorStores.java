package io.onlooker.springai;

import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Deferred;
import io.onlooker.instrument.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationContext;

/** Searches in vector stores, and what is put into them. */
final class VectorStores implements Kind<VectorStoreObservationContext> {

  static final VectorStores KIND = new VectorStores();

  private VectorStores() {}

  @Override
  public SpanOptions start(VectorStoreObservationContext context, Recording recording) {
    String name = context.getDatabaseSystem() + " " + context.getOperationName();
    SpanOptions options =
        SpanOptions.processorRun(name)
            .attribute("db.system.name", context.getDatabaseSystem())
            .attribute("db.operation.name", context.getOperationName())
            .attribute("db.collection.name", context.getCollectionName());
    SearchRequest search = context.getQueryRequest();
    if (search != null) {
      options.attribute("db.vector.query.top_k", search.getTopK());
    }
    return recording.inputs() && search != null ? options.input(search.getQuery()) : options;
  }

  @Override
  public void end(VectorStoreObservationContext context, Span span, Recording recording) {
    List<Document> found = context.getQueryResponse();
    if (recording.outputs() && found != null) {
      span.output(Deferred.list(() -> found.stream().map(VectorStores::shown).toList()));
    }
  }

  private static Map<String, Object> shown(Document document) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", document.getId());
    map.put("text", String.valueOf(document.getText()));
    map.put("metadata", document.getMetadata());
    if (document.getScore() != null) {
      map.put("score", document.getScore());
    }
    return map;
  }
}
