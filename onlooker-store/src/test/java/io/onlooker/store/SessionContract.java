package io.onlooker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.SessionGroupQuery.By;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Store} makes of many sessions, of large ones, and of those that change. */
public abstract class SessionContract extends StoreFixture {

  private static final int STEPS = 50_000;

  @Test
  void session_ofFiftyThousandSteps_isWholeAfterARestart() {
    append(agent(1, 1).millis(60_000).make());
    for (int step = 1; step <= STEPS; step += 5_000) {
      List<SpanData> some = new ArrayList<>();
      for (int i = step; i < step + 5_000; i++) {
        some.add(i % 2 == 0 ? chat(i) : tool(i));
      }
      append(some);
    }
    Session before = store.session(1, Spans.span(1));

    reopen();

    Session session = store.session(1, Spans.span(1));
    assertThat(session).isNotNull().isEqualTo(before);
    assertThat(session.steps()).isEqualTo(new Session.Steps(STEPS, 5));
    assertThat(session.status()).isEqualTo(Session.Status.RECOVERED);
    assertThat(session.usage().inputTokens()).isEqualTo(STEPS / 2 * 3L);
    assertThat(session.usage().outputTokens()).isEqualTo(STEPS / 2 * 2L);
    assertThat(store.trace(1, Spans.trace(1))).hasSize(STEPS + 1);
  }

  private static SpanData chat(int step) {
    return Spans.of(1, step + 1)
        .parent(1)
        .op("gen_ai.chat")
        .startAfter(step)
        .millis(1)
        .with(GenAi.OPERATION_TYPE, "ai_client")
        .with(GenAi.USAGE_INPUT_TOKENS, 3)
        .with(GenAi.USAGE_OUTPUT_TOKENS, 2)
        .make();
  }

  private static SpanData tool(int step) {
    Spans tool =
        Spans.of(1, step + 1)
            .parent(1)
            .op("gen_ai.execute_tool")
            .startAfter(step)
            .millis(1)
            .with(GenAi.OPERATION_TYPE, "tool")
            .with(GenAi.TOOL_NAME, "look");
    return step % 10_000 == 1 ? tool.status(SpanStatus.error("no")).make() : tool.make();
  }

  @Test
  void groups_byTheirKey_arePagedFromTheLast() {
    for (int i = 1; i <= 5; i++) {
      append(agent(i, i).with(GenAi.USER_ID, "user-" + i).make());
    }

    List<String> keys = new ArrayList<>();
    String cursor = null;
    do {
      SessionGroupPage page = store.sessionGroups(users(cursor));
      page.groups().forEach(group -> keys.add(group.key()));
      cursor = page.cursor();
    } while (cursor != null);

    assertThat(keys).containsExactly("user-5", "user-4", "user-3", "user-2", "user-1");
  }

  private static SessionGroupQuery users(@Nullable String cursor) {
    return new SessionGroupQuery(
        1, Filter.ALL, FROM, TO, By.USER, null, SessionGroupQuery.Order.KEY, 2, cursor);
  }

  @Test
  void edit_ofWhatNobodyTouched_isKept() {
    SpanData read = agent(1, 1).with("cost", 1).make();
    append(read);

    List<SpanData> left;
    try (Edit edit = store.edit(1)) {
      left = edit.append(List.of(agent(1, 1).with("cost", 2).make()));
    }

    assertThat(left).isEmpty();
    assertThat(cost()).isEqualTo(2);
    reopen();
    assertThat(cost()).isEqualTo(2);
  }

  @Test
  void edit_ofWhatWasRevisedMeanwhile_isLeftAlone() {
    append(agent(1, 1).with("cost", 1).make(), agent(2, 2).with("cost", 1).make());
    SpanData stale = agent(1, 1).with("cost", 2).make();
    SpanData fresh = agent(2, 2).with("cost", 2).make();

    List<SpanData> left;
    try (Edit edit = store.edit(1)) {
      store.append(new Batch(1, List.of(agent(1, 1).with("cost", 7).make())));
      left = edit.append(List.of(stale, fresh));
    }

    assertThat(left).containsExactly(stale);
    assertThat(cost()).isEqualTo(7);
    assertThat(store.span(1, fresh.traceId(), fresh.spanId())).isEqualTo(fresh);
  }

  @Test
  void edit_ofWhatAnotherEditChanged_isLeftAlone() {
    append(agent(1, 1).with("cost", 1).make());

    try (Edit slow = store.edit(1);
        Edit fast = store.edit(1)) {
      assertThat(fast.append(List.of(agent(1, 1).with("cost", 2).make()))).isEmpty();
      assertThat(slow.append(List.of(agent(1, 1).with("cost", 3).make()))).hasSize(1);
      assertThat(fast.append(List.of(agent(1, 1).with("cost", 4).make()))).isEmpty();
    }

    assertThat(cost()).isEqualTo(4);
  }

  private @Nullable Double cost() {
    SpanData span = store.span(1, Spans.trace(1), Spans.span(1));
    return span == null ? null : span.attributes().number("cost");
  }
}
