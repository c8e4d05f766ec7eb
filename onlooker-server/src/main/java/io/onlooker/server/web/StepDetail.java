package io.onlooker.server.web;

import gg.jte.Content;
import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.server.read.Step;
import io.onlooker.store.TraceNotes;
import io.onlooker.store.span.Message;
import io.onlooker.store.span.SpanKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is inside a step.
 *
 * @param system what is known of a system prompt that did not change, or empty
 * @param before messages that the model call before this one had already
 * @param fresh messages that are new in this call
 * @param answer what came out of an agent or a model
 * @param arguments of a tool, or null
 * @param result of a tool, or null
 * @param trees the same as data, empty unless asked for
 * @param stacks of the errors of this step
 */
record StepDetail(
    String system,
    List<MessageView> before,
    List<MessageView> fresh,
    List<MessageView> answer,
    @Nullable Passage arguments,
    @Nullable Passage result,
    List<Tree> trees,
    List<Pair> attributes,
    List<LogData> logs,
    List<Stack> stacks) {

  /** Of a longer value the beginning is shown, and the whole is a download. */
  private static final int LONGEST_ATTRIBUTE = 2_000;

  /**
   * An attribute.
   *
   * @param download where the whole value is, or null when it is all here
   */
  record Pair(String key, String value, @Nullable String download) {}

  /** JSON to look into. */
  record Tree(String title, Content json) {}

  static StepDetail of(Step step, @Nullable Step previous, TraceNotes notes, Frame frame) {
    Links links = frame.links();
    ReadAs as = frame.visitor().readAs();
    List<Message> input = step.inputMessages();
    int known = previous == null ? 0 : common(previous.inputMessages(), input);
    boolean tool = step.kind() == SpanKind.TOOL;
    TextSource texts = links.texts(step.span(), "in");
    return new StepDetail(
        system(input.subList(0, known)),
        MessageView.of(input.subList(0, known), 0, texts, as),
        MessageView.of(input.subList(known, input.size()), known, texts, as),
        MessageView.of(step.outputMessages(), 0, texts.part("out"), as),
        tool ? passage(step.input(), texts.part("input"), as) : null,
        tool ? passage(step.output(), texts.part("output"), as) : null,
        as == ReadAs.JSON ? trees(step) : List.of(),
        pairs(step.span(), links),
        logs(step, notes),
        stacks(step, notes));
  }

  /** How much text this is, so that a page can stop in time. */
  int weight() {
    int weight = attributes.stream().mapToInt(pair -> pair.value().length()).sum();
    for (List<MessageView> messages : List.of(before, fresh, answer)) {
      weight += messages.stream().mapToInt(MessageView::weight).sum();
    }
    weight += arguments == null ? 0 : arguments.weight();
    return weight + (result == null ? 0 : result.weight());
  }

  private static int common(List<Message> earlier, List<Message> later) {
    int shorter = Math.min(earlier.size(), later.size());
    int same = 0;
    while (same < shorter && earlier.get(same).equals(later.get(same))) {
      same++;
    }
    return same;
  }

  private static @Nullable Passage passage(@Nullable String text, TextSource source, ReadAs as) {
    if (text == null) {
      return null;
    }
    return as == ReadAs.TEXT ? Passage.text(text, source) : Passage.data(text, source);
  }

  /** What went in and came out as data, as far as it is some. */
  private static List<Tree> trees(Step step) {
    boolean tool = step.kind() == SpanKind.TOOL;
    Attributes attributes = step.span().attributes();
    String in = tool ? step.input() : attributes.string(GenAi.INPUT_MESSAGES);
    String out = tool ? step.output() : attributes.string(GenAi.OUTPUT_MESSAGES);
    List<Tree> trees = new ArrayList<>();
    addTree(trees, tool ? "Arguments" : "Input", in);
    addTree(trees, tool ? "Result" : "Output", out);
    return trees;
  }

  private static void addTree(List<Tree> trees, String title, @Nullable String text) {
    Content tree = text == null ? null : JsonTree.of(text);
    if (tree != null) {
      trees.add(new Tree(title, tree));
    }
  }

  /** {@code 1.2 kB, sha-256 9f3c21aa} of the system prompt that is as it was before, or empty. */
  private static String system(List<Message> before) {
    if (before.isEmpty() || before.getFirst().role() != Message.Role.SYSTEM) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (Message.Part part : before.getFirst().parts()) {
      text.append(part instanceof Message.Text(String said) ? said : "");
    }
    return Passage.size(text) + ", sha-256 " + Show.id(Sha256.hex(text.toString()));
  }

  private static List<Pair> pairs(SpanData span, Links links) {
    List<Pair> pairs = new ArrayList<>();
    Attributes attributes = span.attributes();
    attributes.forEach((key, value) -> {
      String text = String.valueOf(value);
      boolean whole = text.length() <= LONGEST_ATTRIBUTE;
      pairs.add(
          new Pair(
              key,
              whole ? text : text.substring(0, LONGEST_ATTRIBUTE) + "…",
              whole ? null : links.text(span.traceId(), span.spanId(), key)));
    });
    return pairs;
  }

  private static List<LogData> logs(Step step, TraceNotes notes) {
    String id = step.span().spanId();
    return notes.logs().stream().filter(log -> id.equals(log.spanId())).toList();
  }

  private static List<Stack> stacks(Step step, TraceNotes notes) {
    String id = step.span().spanId();
    List<Stack> stacks = new ArrayList<>();
    for (ErrorData error : notes.errors()) {
      if (id.equals(error.spanId())) {
        error.exceptions().forEach(exception -> stacks.add(Stack.of(exception)));
      }
    }
    if (stacks.isEmpty()) {
      step.span().events().stream().map(Stack::of).forEach(stacks::addAll);
    }
    return stacks;
  }
}
