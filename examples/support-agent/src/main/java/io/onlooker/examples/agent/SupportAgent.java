package io.onlooker.examples.agent;

import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.SpanStatus;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers customers: asks the model, calls the tool that it wants, asks again; or hands over to the
 * agent for bills. Each agent, request to the model, tool and hand-off is a span.
 */
final class SupportAgent {

  static final String SEARCH = "search_knowledge_base";
  static final String HAND_OFF = "transfer_to_billing";

  private static final String SUPPORT = "Customer Support Agent";
  private static final String BILLING = "Billing Agent";
  private static final String SUPPORT_INSTRUCTIONS =
      "You are a customer support agent. Use tools when needed.";
  private static final String BILLING_INSTRUCTIONS =
      "You are a billing agent. You reverse charges.";
  private static final List<Map<String, String>> TOOLS =
      List.of(
          Map.of("name", SEARCH, "description", "Search company knowledge base for answers"),
          Map.of("name", HAND_OFF, "description", "Hand over to the agent for bills"));

  private final Onlooker onlooker;
  private final CustomModel model;

  SupportAgent(Onlooker onlooker, CustomModel model) {
    this.onlooker = onlooker;
    this.model = model;
  }

  Reply answer(Conversation conversation) {
    return invoke(
        SUPPORT,
        conversation,
        agent -> {
          agent.setAttribute("gen_ai.request.available_tools", json(TOOLS));
          return support(conversation);
        });
  }

  private Reply support(Conversation conversation) {
    Completion first = ask(conversation.after(SUPPORT_INSTRUCTIONS));
    String tool = first.tool();
    if (tool == null) {
      return Reply.of(first);
    }
    if (tool.equals(HAND_OFF)) {
      return handOff(conversation).after(first, tool, "escalated");
    }
    String found = search(tool, first.arguments());
    Completion last = ask(conversation.with("tool", found).after(SUPPORT_INSTRUCTIONS));
    return Reply.of(last).after(first, tool, "resolved");
  }

  private Reply handOff(Conversation conversation) {
    onlooker.runSpan(
        Spans.of("handoff from " + SUPPORT + " to " + BILLING, "gen_ai.handoff", "handoff"),
        span -> span.setAttribute("gen_ai.agent.name", SUPPORT));
    return invoke(
        BILLING, conversation, agent -> Reply.of(ask(conversation.after(BILLING_INSTRUCTIONS))));
  }

  private Reply invoke(
      String agent, Conversation conversation, Onlooker.SpanBody<Reply, ModelException> body) {
    SpanOptions invocation =
        Spans.agent(agent).attribute("conversation.session_id", conversation.sessionId());
    return onlooker.<Reply, ModelException>startSpan(
        invocation,
        span -> {
          try {
            return told(span, body.run(span));
          } catch (ModelException e) {
            span.setStatus(SpanStatus.error("agent_invocation_failed"));
            span.setAttribute("error.type", e.getClass().getSimpleName());
            onlooker.captureException(e);
            throw e;
          }
        });
  }

  private static Reply told(Span agent, Reply reply) {
    agent.setAttribute("gen_ai.response.text", reply.message());
    agent.setAttribute("gen_ai.response.id", reply.responseId());
    agent.setAttribute("gen_ai.usage.total_tokens", reply.totalTokens());
    agent.setAttribute("conversation.tools_used", json(reply.toolsUsed()));
    agent.setAttribute("conversation.resolution_status", reply.resolutionStatus());
    agent.setAttribute("conversation.cost_estimate_usd", reply.costUsd());
    return reply;
  }

  private Completion ask(List<Message> messages) {
    SpanOptions request =
        Spans.of("chat " + CustomModel.NAME, "gen_ai.request", "summarize")
            .attribute("gen_ai.request.messages", json(messages))
            .attribute("gen_ai.request.temperature", CustomModel.TEMPERATURE)
            .attribute("gen_ai.request.max_tokens", CustomModel.MAX_TOKENS);
    return onlooker.<Completion, ModelException>startSpan(
        request, span -> told(span, model.complete(messages)));
  }

  private static Completion told(Span request, Completion completion) {
    request.setAttribute("gen_ai.response.text", completion.text());
    request.setAttribute("gen_ai.response.id", completion.id());
    request.setAttribute("gen_ai.response.model", completion.model());
    request.setAttribute("gen_ai.usage.input_tokens", completion.inputTokens());
    request.setAttribute("gen_ai.usage.output_tokens", completion.outputTokens());
    request.setAttribute("gen_ai.usage.total_tokens", completion.tokens());
    if (completion.tool() != null) {
      request.setAttribute("gen_ai.response.tool_calls", json(completion.toolCalls()));
    }
    return completion;
  }

  private String search(String tool, String arguments) {
    String query = JsonMapper.shared().readTree(arguments).path("query").asString("");
    SpanOptions call =
        Spans.of("execute_tool " + tool, "gen_ai.execute_tool", "execute_tool")
            .attribute("gen_ai.tool.name", tool)
            .attribute("gen_ai.tool.type", "function")
            .attribute("gen_ai.tool.input", arguments);
    return onlooker.startSpan(
        call,
        span -> {
          String found = KnowledgeBase.search(query);
          span.setAttribute("gen_ai.tool.output", found);
          span.setAttribute("search.query", query);
          return found;
        });
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }
}
