// What happens meanwhile: new rows wait behind a counter, a running session grows at its end.
import { load } from "./panel.js";
import { here, refresh } from "./waterfall.js";

const project = document.body.dataset.project;
const list = document.querySelector("[data-live=sessions]");
const session = document.querySelector("[data-live-session]");
const first = document.querySelector("[data-live=first]");
let source;
const waiting = new Set();
let due;

function count() {
  let button = document.querySelector(".waiting");
  if (!button) {
    button = document.createElement("button");
    button.className = "waiting";
    button.type = "button";
    button.setAttribute("role", "status");
    button.addEventListener("click", show);
    list.after(button);
  }
  button.textContent = `${waiting.size} new · show (.)`;
}

/** What waits comes with the list read anew. */
export function show() {
  if (waiting.size > 0) {
    location.reload();
  }
}

const atEnd = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 40;

/** New steps are put behind those that are there; nothing above moves. */
function grow(page) {
  const follow = atEnd();
  for (const steps of here() ? [] : [".steps", ".grid"]) {
    const here = document.querySelector(steps);
    const there = page.querySelector(steps);
    if (here && there) {
      for (const step of [...there.children]) {
        const old = step.id && document.getElementById(step.id);
        if (step.id && !old) {
          here.append(document.adoptNode(step));
        } else if (old && !old.contains(document.activeElement) && !old.querySelector("details[open]")) {
          old.replaceWith(document.adoptNode(step));
        }
      }
    }
  }
  for (const part of [".facts", ".why", ".said"]) {
    const here = document.querySelector(part);
    const there = page.querySelector(part);
    if (here && there && here.textContent !== there.textContent) {
      here.replaceWith(document.adoptNode(there));
    }
  }
  if (!page.querySelector("[data-live-session]")) {
    source?.close();
  }
  if (follow && !here()) {
    scrollTo(0, document.documentElement.scrollHeight);
  }
}

/** Soon after what is told now; the more there is to ask for, the less often. */
function soon() {
  due ??= setTimeout(async () => {
    const begin = performance.now();
    await refresh();
    load(location.href, grow);
    setTimeout(() => { due = undefined; }, 3 * (performance.now() - begin));
  }, 700);
}

function listen() {
  const of = session ? `session=${encodeURIComponent(session.dataset.liveSession)}` : "events=session";
  source = new EventSource(`/api/v1/live?project=${encodeURIComponent(project)}&${of}`);
  if (session) {
    ["span.started", "span.updated", "span.ended", "session.updated", "session.ended", "gap"]
      .forEach((name) => source.addEventListener(name, soon));
  } else if (first) {
    ["session.started", "session.ended"].forEach((name) => source.addEventListener(name, () => location.reload()));
  } else {
    const seen = (event) => {
      const { id } = JSON.parse(event.data);
      if (id && !document.getElementById(`r-${id}`)) {
        waiting.add(id);
        // Told at once, then politely: at most every five seconds.
        due ??= setTimeout(() => { due = undefined; count(); }, waiting.size === 1 ? 300 : 5000);
      }
    };
    ["session.started", "session.ended"].forEach((name) => source.addEventListener(name, seen));
  }
}

if (list || session || first) {
  addEventListener("pageshow", listen);
  addEventListener("pagehide", () => source?.close());
}
