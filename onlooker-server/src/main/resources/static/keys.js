// One table of keys: what acts and what the list under ? says come from the same lines.
import { across, filter, focus, rows, sort } from "./table.js";
import { close, open } from "./panel.js";
import { show } from "./live.js";
import { remember } from "./cookies.js";
import { copy } from "./copy.js";
import { copyExact } from "./reader.js";
import { KEYS as STEPS, close as closeStep, here } from "./waterfall.js";

const failures = () => rows().filter((row) => row.closest(".failed"));

function move(list, by) {
  const all = list();
  if (all.length === 0) {
    return;
  }
  const order = rows();
  const at = order.indexOf(document.activeElement);
  const next = by > 0
    ? all.find((row) => order.indexOf(row) > at) ?? all[all.length - 1]
    : all.findLast((row) => order.indexOf(row) < at) ?? all[0];
  focus(next);
}

/** To a failure; its link is the address from now on. */
function fail(by) {
  move(failures, by);
  const id = document.activeElement?.closest("[id^=s-]")?.id.slice(2);
  if (id) {
    const url = new URL(location.href);
    url.searchParams.set("step", id);
    history.replaceState(history.state, "", url);
  }
}

function edge(last) {
  focus(last ? rows().at(-1) : rows()[0]);
}

/** From the list's neighbour to neighbour: in the panel when it is open, else page by page. */
function neighbour(by) {
  if (document.querySelector(".beside-list")) {
    move(rows, by);
    open();
  } else {
    follow(by > 0 ? "a[data-neighbour=next]" : "a[data-neighbour=prev]");
  }
}

function compare() {
  const url = new URL(location.href);
  if (url.searchParams.get("cmp")) {
    url.searchParams.delete("cmp");
  } else {
    url.searchParams.set("cmp", "prev");
  }
  location.assign(url);
}

/** The address; with fixed times when it has a relative range. */
function copyLink(fixed) {
  const url = new URL(location.href);
  const range = document.querySelector(".range")?.dataset;
  if (fixed && range) {
    url.searchParams.delete("range");
    url.searchParams.set("from", range.from);
    url.searchParams.set("to", range.to);
  }
  copy(url.href, fixed && range ? "Link with fixed times" : "Link");
}

document.querySelector("[data-fixed]")?.addEventListener("click", (event) => {
  event.preventDefault();
  copyLink(true);
});

function copyText() {
  if (copyExact()) {
    return;
  }
  const at = document.activeElement?.closest("td, details, .tr") ?? document.querySelector(".said");
  copy(at?.title || at?.innerText || "", "Text");
}

function wrap() {
  document.documentElement.classList.toggle("nowrap");
}

function place(name) {
  return () => follow(`.bar nav a[href$="/${name}"], .bar nav a[href*="/${name}?"]`);
}

function follow(selector) {
  document.querySelector(selector)?.click();
}

function openAll() {
  const all = [...document.querySelectorAll(".steps > li > details")];
  const open = all.some((step) => !step.open);
  all.forEach((step) => { step.open = open; });
}

/** Pressed after g. */
const PLACES = [
  ["o", "Overview", place("overview")],
  ["s", "Sessions", place("sessions")],
  ["c", "Conversations", place("conversations")],
  ["a", "Agents", place("agents")],
  ["x", "Spans", place("spans")],
  ["i", "Issues", place("issues")],
  ["l", "Logs", place("logs")],
];

const KEYS = [
  ["/", "Search or jump", () => document.querySelector("#jump")?.focus()],
  ["q", "The query", () => document.querySelector("#q")?.focus()],
  ["t", "Time range", () => document.querySelector(".range a")?.focus()],
  [".", "Show what waits", show],
  ["\\", "Compare with the period before", compare],
  ["j", "Next row", () => move(rows, 1)],
  ["k", "Row before", () => move(rows, -1)],
  ["ArrowDown", "Next row", () => move(rows, 1)],
  ["ArrowUp", "Row before", () => move(rows, -1)],
  ["Home", "First row", () => edge(false)],
  ["End", "Last row", () => edge(true)],
  ["o", "Open beside the list", () => open()],
  ["f", "Filter by the cell", () => filter(false)],
  ["F", "Leave out the cell", () => filter(true)],
  ["s", "Sort by the column", sort],
  ["J", "Next of the list", () => neighbour(1)],
  ["K", "Before in the list", () => neighbour(-1)],
  ["n", "Next failure", () => fail(1)],
  ["N", "Failure before", () => fail(-1)],
  ["ArrowRight", "Next cell", () => across(1)],
  ["ArrowLeft", "Cell before", () => across(-1)],
  ["1", "Story", () => follow("[data-view=story]")],
  ["2", "Waterfall", () => follow("[data-view=waterfall]")],
  ["3", "Raw", () => follow("[data-view=raw]")],
  ["e", "Open or close all steps", openAll],
  ["w", "Wrap lines or not", wrap],
  ["y", "Copy the text", copyText],
  ["l", "Copy the link", () => copyLink(false)],
  ["L", "Copy the link with fixed times", () => copyLink(true)],
  ["u", "Up to the list", () => follow("a.up")],
  ["r", "Look again", () => location.reload()],
  ["?", "This list", help],
];

function help() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "Keys");
  const table = dialog.appendChild(document.createElement("table"));
  const ofSteps = STEPS.filter(([, what]) => what.startsWith("Waterfall"));
  const all = KEYS.concat(ofSteps, PLACES.map(([key, what]) => [`g ${key}`, what]));
  const half = Math.ceil(all.length / 2);
  for (let i = 0; i < half; i++) {
    const line = table.insertRow();
    for (const [key, what] of [all[i], all[i + half]].filter(Boolean)) {
      const head = line.appendChild(document.createElement("th"));
      head.scope = "row";
      head.textContent = key;
      line.insertCell().textContent = what;
    }
  }
  const label = dialog.appendChild(document.createElement("label"));
  const box = label.appendChild(document.createElement("input"));
  box.type = "checkbox";
  box.checked = !off();
  box.addEventListener("change", () => {
    document.body.dataset.keys = box.checked ? "on" : "off";
    remember("keys", box.checked ? "" : "off");
  });
  label.append(" Keys of one letter act");
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const off = () => document.body.dataset.keys === "off";

/** Whether g was pressed a moment ago. */
let going = false;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "Escape") {
    if (typing) {
      event.target.blur();
    } else {
      close();
      closeStep();
    }
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || (off() && event.key !== "?")) {
    return;
  }
  const known = (going ? PLACES : here() ? STEPS.concat(KEYS) : KEYS).find(([key]) => key === event.key);
  going = event.key === "g" && !going;
  if (known) {
    event.preventDefault();
    known[2]();
  }
});
