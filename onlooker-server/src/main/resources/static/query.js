// The query bar: names and values while one types, earlier queries with the arrow up.
import { suggest } from "./hints.js";

const project = document.body.dataset.project;
const STATUS = ["completed", "recovered", "failed", "running", "lost", "cancelled"];

// Lists of sessions, issues and lines know these names; of spans every attribute is one.
const NAMES = {
  sessions: {
    status: STATUS, agent: "gen_ai.agent.name", "user.id": "user.id", conversation: "gen_ai.conversation.id",
    model: "gen_ai.request.model", environment: "environment", release: "release", issue: [],
    duration: [], tokens: [], cost: [], steps: [], failed_steps: [],
  },
  issues: {
    state: ["open", "resolved", "ignored"], type: "error.type", agent: "gen_ai.agent.name", tool: "gen_ai.tool.name",
    model: "gen_ai.request.model", "user.id": "user.id", release: "release", events: [], sessions: [], users: [],
  },
  logs: { level: ["trace", "debug", "info", "warn", "error", "fatal"], trace: [], span: [], logger: [] },
};
const FIELDS = ["op", "name", "status", "span.duration", "timestamp", "trace", "release", "environment", "user.id"];

const known = new Map();

async function attributes(text) {
  if (!known.has(text)) {
    const url = `/api/v1/attributes?project=${encodeURIComponent(project)}&limit=50&q=${encodeURIComponent(text)}`;
    known.set(text, fetch(url).then((answer) => (answer.ok ? answer.json() : { attributes: [] }))
      .then((json) => json.attributes).catch(() => []));
  }
  return known.get(text);
}

/** The word that the caret stands in: where it begins, and its parts. */
function word(input) {
  const before = input.value.slice(0, input.selectionStart);
  const start = before.search(/(?:"[^"]*"|[^\s"(])*"?[^\s"]*$/);
  const [, not, name, colon, value] = /^(!?)([^:]*)(:?)(.*)$/s.exec(before.slice(start));
  return { start, end: before.length, not, name, colon, value };
}

function put(input, at, text, go) {
  input.setRangeText(text, at.start, at.end, "end");
  input.dispatchEvent(new Event(go ? "input" : "change"));
}

const quote = (text) => (/^[A-Za-z_][\w./@-]*$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`);

async function names(input, at, own) {
  const wanted = at.name.toLowerCase();
  const listed = Object.keys(own ?? {}).concat(own ? [] : FIELDS)
    .filter((name) => name.includes(wanted)).map((name) => ({ name, note: "" }));
  const others = own ? [] : (await attributes(at.name))
    .map(({ key, coverage }) => ({ name: key, note: `${Math.round(coverage * 100)} %` }));
  return listed.concat(others).map(({ name, note }) => ({
    text: name, note, take: () => put(input, at, `${at.not}${name}:`, true),
  }));
}

async function values(input, at, own) {
  const source = own ? own[at.name] : at.name;
  const all = Array.isArray(source)
    ? source.map((value) => ({ value, spans: "" }))
    : (await attributes(source ?? at.name)).find(({ key }) => key === (source ?? at.name))?.top ?? [];
  const wanted = at.value.replace(/"/g, "").toLowerCase();
  return all.filter(({ value }) => String(value).toLowerCase().includes(wanted)).map(({ value, spans }) => ({
    text: String(value), note: String(spans),
    take: () => put(input, at, `${at.not}${at.name}:${typeof value === "string" ? quote(value) : value} `, false),
  }));
}

const input = document.querySelector("#q[data-of]");
if (input) {
  const own = NAMES[input.dataset.of];
  suggest(input, async () => {
    const at = word(input);
    if (!at.colon && !at.name) {
      return [];
    }
    return at.colon ? values(input, at, own) : names(input, at, own);
  });

  const key = `queries-${input.dataset.of}`;
  const earlier = JSON.parse(localStorage.getItem(key) ?? "[]");
  if (input.defaultValue && !input.hasAttribute("aria-invalid")) {
    const all = [input.defaultValue, ...earlier.filter((one) => one !== input.defaultValue)];
    localStorage.setItem(key, JSON.stringify(all.slice(0, 30)));
  }
  let back = -1;
  input.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by && (input.value === "" || back >= 0) && earlier.length > 0) {
      event.preventDefault();
      back = Math.max(-1, Math.min(earlier.length - 1, back + by));
      input.value = back < 0 ? "" : earlier[back];
    }
  });
}
