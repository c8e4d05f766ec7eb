#!/usr/bin/env python3
"""One session of 50,000 steps, one conversation of 20,000 turns: how long the API takes to show them.

large-session.py ADDRESS KEY TOKEN: sends both to a running server (OTLP in JSON) and times the reads.
"""
import json, sys, time, urllib.request

address, key, token = sys.argv[1:4]
began = (int(time.time()) - 3000) * 1000


def ask(path, body=None):
    request = urllib.request.Request(address + path, body and json.dumps(body).encode())
    request.add_header("Authorization", "Bearer " + (key if body else token))
    request.add_header("Content-Type", "application/json")
    start = time.perf_counter()
    answer = urllib.request.urlopen(request).read()
    return json.loads(answer), (time.perf_counter() - start) * 1000, len(answer)


def span(trace, number, parent, millis, took, **attributes):
    return {"traceId": "%032x" % trace, "spanId": "%016x" % number, "parentSpanId": parent and "%016x" % parent or "",
            "name": attributes["gen_ai_operation_name"], "startTimeUnixNano": str(millis * 10**6),
            "endTimeUnixNano": str((millis + took) * 10**6),
            "attributes": [{"key": name.replace("gen_ai_", "gen_ai.").replace("_name", ".name").replace("operation_", "operation."),
                            "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}}
                           for name, value in attributes.items()]}


def send(spans):
    for i in range(0, len(spans), 10000):
        ask("/v1/traces", {"resourceSpans": [{"scopeSpans": [{"spans": spans[i:i + 10000]}]}]})


def step(i):
    if i % 10 == 5:
        call = span(0xABC1, 1000 + i, 1, began + i, 1, gen_ai_operation_name="chat")
        for name, value in {"gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o"}.items():
            call["attributes"].append({"key": name, "value": {"stringValue": value}})
        for name, value in {"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 100}.items():
            call["attributes"].append({"key": name, "value": {"intValue": str(value)}})
        return call
    tool = span(0xABC1, 1000 + i, 1, began + i, 1, gen_ai_operation_name="execute_tool")
    tool["attributes"].append({"key": "gen_ai.tool.name", "value": {"stringValue": "check_order"}})
    return tool


def turn(i):
    agent = span(0xDEF0000 + i, 0x100000 + i, None, began + i * 100, 50, gen_ai_operation_name="invoke_agent")
    for name, value in {"gen_ai.agent.name": "Support", "gen_ai.conversation.id": "long"}.items():
        agent["attributes"].append({"key": name, "value": {"stringValue": value}})
    return agent


root = span(0xABC1, 1, None, began, 60000, gen_ai_operation_name="invoke_agent")
root["attributes"].append({"key": "gen_ai.agent.name", "value": {"stringValue": "Support"}})
if "read" not in sys.argv:
    send([root] + [step(i) for i in range(1, 50001)])
    send([turn(i) for i in range(1, 20001)])
session = "/api/v1/sessions/%016x" % 1
for name, path in [("session with its events", session), ("its cost", session + "/cost"), ("its trace", "/api/v1/traces/%032x" % 0xABC1),
                   ("conversation, first page", "/api/v1/conversations/long?limit=50"), ("conversations", "/api/v1/conversations?limit=50")]:
    first, *others = [ask(path) for _ in range(5)]
    print(f"{name}: first {first[1]:.0f} ms, then {sorted(o[1] for o in others)[1]:.0f} ms, {first[2] / 1e6:.1f} MB")
found = ask(session)[0]
print("steps", found["steps"], "events", len(found["events"]), "tokens", found["total_tokens"], "cost", found["cost_usd"])
cursor, pages, ids, began = "", 0, [], time.perf_counter()
while cursor is not None:
    page = ask("/api/v1/conversations/long?limit=1000" + cursor)[0]
    ids += [one["id"] for one in page["sessions"]]
    pages, cursor = pages + 1, page["cursor"] and "&cursor=" + page["cursor"]
print("turns", len(ids), "in order", ids == sorted(ids), f"{pages} pages in {(time.perf_counter() - began) * 1000:.0f} ms")
