package io.onlooker.store.query;

import io.onlooker.store.Aggregate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those groups of a result whose figure compares so to the value: {@code p95():>1s}.
 *
 * @param value in the figure's own unit: milliseconds for a duration, 0 to 1 for a share
 */
public record AggregateFilter(Aggregate aggregate, Relation relation, double value) {

  /** How two numbers may compare. */
  public enum Relation {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    static final List<Relation> LONGEST_FIRST =
        List.of(GREATER_OR_EQUAL, LESS_OR_EQUAL, NOT_EQUAL, GREATER, LESS, EQUAL);

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /** As a query writes it. */
    public String sign() {
      return sign;
    }

    boolean holds(double left, double right) {
      return switch (this) {
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
      };
    }
  }

  /** Whether a group with this figure stays; one without a figure (null) never does. */
  public boolean takes(@Nullable Double figure) {
    return figure != null && relation.holds(figure, value);
  }
}
