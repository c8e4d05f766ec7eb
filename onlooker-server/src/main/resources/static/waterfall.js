// The waterfall: of all its rows only those in view exist, the rest is a height.
import { load } from "./panel.js";
import { duration, since } from "./show.js";
import { dress } from "./reader.js";
import { RowView } from "./rowview.js";
import { Steps } from "./steps.js";
import { brush, mark } from "./strip.js";

const ROW = 24;
const BEYOND = 4;
const grid = document.querySelector(".grid[data-rows]");
const head = grid?.querySelector(".head");

let steps;
let body;
let active;
let zoomed = asked();
let due = false;
let asking = false;
let fetchedAt = 0;
const drawn = new Map();
const spare = [];

/** Whether there is a waterfall that scripts draw. */
export const here = () => steps !== undefined;

/** The zoomed window of the address in microseconds, or undefined. */
function asked() {
  const parameters = new URLSearchParams(location.search);
  const [from, to] = ["t0", "t1"].map((name) => Number(parameters.get(name) ?? NaN) * 1000);
  return from < to ? [from, to] : undefined;
}

const openStep = () => new URLSearchParams(location.search).get("step");

function address(changes) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      url.searchParams.delete(name);
    } else {
      url.searchParams.set(name, value);
    }
  }
  url.searchParams.delete("at");
  url.hash = "";
  return url;
}

const stepLink = (row) => address({ step: row.id }).href;

/** The rows between the fixed heads and the end of the window: the first and the one behind the last. */
function range() {
  const top = body.getBoundingClientRect().top;
  const from = Math.floor((head.getBoundingClientRect().bottom - top) / ROW);
  const to = Math.ceil((innerHeight - top) / ROW);
  const most = steps.shown.length;
  return [Math.min(most, Math.max(0, from)), Math.min(most, Math.max(0, to))];
}

function draw() {
  due = false;
  const [from, to] = range();
  const time = zoomed ?? steps.fit(steps.shown.slice(from, to));
  const wanted = steps.shown.slice(Math.max(0, from - BEYOND), to + BEYOND);
  // The row with the focus stays: with it the focus would be lost.
  if (active.at >= 0 && !wanted.includes(active)) {
    wanted.splice(active.at < from ? 0 : wanted.length, 0, active);
  }
  const keep = new Set(wanted);
  for (const [row, view] of drawn) {
    if (!keep.has(row)) {
      view.element.remove();
      spare.push(view);
      drawn.delete(row);
    }
  }
  let next = body.firstElementChild;
  for (const row of wanted) {
    const view = drawn.get(row) ?? take(row);
    if (view.element === next) {
      next = next.nextElementSibling;
    } else {
      body.insertBefore(view.element, next);
    }
    view.span(time, row.gap ? row.took : steps.lasts(row));
  }
  say(time);
}

function take(row) {
  const view = spare.pop() ?? new RowView();
  view.fill(row, steps, stepLink, row === active, row.id === openStep());
  drawn.set(row, view);
  return view;
}

let said = "";
function say(time) {
  const text = `Time · ${duration(time[0])} – ${duration(time[1])}`;
  if (text !== said) {
    said = text;
    head.children[1].textContent = text;
    mark(time, steps.length);
    for (const [i, name] of ["t0", "t1"].entries()) {
      const field = document.querySelector(`.zoom [name=${name}]`);
      if (field && field !== document.activeElement) {
        field.value = Math.round(time[i] / 1000);
      }
    }
  }
}

function soon() {
  if (!due && steps) {
    due = true;
    requestAnimationFrame(draw);
  }
}

/** After the rows themselves changed. */
function redraw() {
  drawn.forEach((view) => { view.element.remove(); spare.push(view); });
  drawn.clear();
  body.style.height = `${steps.shown.length * ROW}px`;
  grid.setAttribute("aria-rowcount", steps.shown.length + 1);
  draw();
}

/** Does what takes or adds rows, and keeps the focus where it is. */
function change(what) {
  const focused = body.contains(document.activeElement);
  what();
  redraw();
  if (focused) {
    focus(active);
  }
}

/** Brings the row into view, to the middle where it was far away, and gives it the focus. */
function focus(row) {
  const old = active;
  active = row;
  [old, row].forEach((each) => {
    const view = drawn.get(each);
    if (view) {
      view.link.tabIndex = each === active ? 0 : -1;
    }
  });
  bring(row);
  draw();
  drawn.get(row)?.link.focus({ preventScroll: true });
}

function bring(row) {
  const [from, to] = range();
  const y = body.getBoundingClientRect().top + scrollY + row.at * ROW;
  if (row.at < from - 1 || row.at > to) {
    scrollTo(0, y - innerHeight / 2);
  } else if (row.at <= from) {
    scrollTo(0, Math.min(scrollY, y - stuck()));
  } else if (row.at >= to - 1) {
    scrollTo(0, Math.max(scrollY, y + ROW - innerHeight));
  }
}

const stuck = () => head.getBoundingClientRect().height + parseFloat(getComputedStyle(head).top);

function move(by) {
  for (let at = active.at + by; at >= 0 && at < steps.shown.length; at += by) {
    if (!steps.shown[at].gap) {
      focus(steps.shown[at]);
      return;
    }
  }
}

const focusable = () => steps.shown.filter((row) => !row.gap);

function sideways(by) {
  if (by > 0 && active.closed) {
    change(() => steps.fold(active, false));
  } else if (by > 0 && steps.parent(active)) {
    move(1);
  } else if (by < 0 && steps.parent(active) && !active.closed) {
    change(() => steps.fold(active, true));
  } else if (by < 0 && active.up) {
    focus(active.up);
  }
}

/** To a failed step, whatever hides it; it opens, and its link is the address from now on. */
function fail(by) {
  const focused = body.contains(document.activeElement);
  const row = steps.failed(focused ? active.i : by > 0 ? -1 : steps.all.length, by);
  if (row) {
    if (row.at < 0) {
      steps.reveal(row);
      redraw();
    }
    focus(row);
    open(row);
  }
}

/** The window of the address from now on; Back leads to the one before. */
function zoom(window, replace) {
  const [t0, t1] = window ? window.map((time) => String(Math.round(time / 1000))) : [];
  history[replace ? "replaceState" : "pushState"](history.state, "", address({ t0, t1 }));
  zoomed = asked();
  draw();
}

function current() {
  const [from, to] = range();
  return zoomed ?? steps.fit(steps.shown.slice(from, to));
}

/** The window keeps a share of its width and moves by a share of it. */
function shift(width, by) {
  const [from, to] = current();
  const half = Math.min(steps.length, Math.max(2000, (to - from) * width)) / 2;
  const middle = Math.min(steps.length - half, Math.max(half, (from + to) / 2 + by * (to - from)));
  zoom([middle - half, middle + half], zoomed !== undefined);
}

function follow() {
  zoom(zoomed ? undefined : [0, steps.length], false);
}

/** Pressed inside a waterfall these come before the keys of all pages. */
export const KEYS = [
  ["j", "Next row", () => move(1)],
  ["k", "Row before", () => move(-1)],
  ["ArrowDown", "Next row", () => move(1)],
  ["ArrowUp", "Row before", () => move(-1)],
  ["Home", "First row", () => focus(focusable()[0])],
  ["End", "Last row", () => focus(focusable().at(-1))],
  ["n", "Next failure", () => fail(1)],
  ["N", "Failure before", () => fail(-1)],
  ["ArrowRight", "Waterfall: open below", () => sideways(1)],
  ["ArrowLeft", "Waterfall: close below", () => sideways(-1)],
  ["*", "Waterfall: open all below", () => change(() => steps.openBelow(active))],
  ["e", "Waterfall: open all", () => change(() => steps.openAll())],
  ["z", "Waterfall: follow, or the whole time", follow],
  ["=", "Waterfall: zoom in", () => shift(0.5, 0)],
  ["-", "Waterfall: zoom out", () => shift(2, 0)],
  ["]", "Waterfall: later", () => shift(1, 0.5)],
  ["[", "Waterfall: earlier", () => shift(1, -0.5)],
  ["c", "Waterfall: slowest path", () => grid.classList.toggle("path")],
];

/** What is inside a step, beside the rows. */
function open(row) {
  history.replaceState(history.state, "", address({ step: row.id }));
  drawn.forEach((view, each) => view.element.setAttribute("aria-selected", String(each === row)));
  const before = row.kind === 1 ? steps.before(row) : undefined;
  const url = new URL(`${grid.dataset.steps}/${row.id}`, location.href);
  if (before) {
    url.searchParams.set("after", before.id);
  }
  load(url, (page) => {
    const panel = page.querySelector(".panel");
    if (panel && openStep() === row.id) {
      document.querySelector(".panel")?.remove();
      grid.parentElement.append(document.adoptNode(panel));
      dress(panel);
      grid.parentElement.classList.add("open");
      bring(row);
      draw();
    }
  });
}

export function close() {
  const panel = document.querySelector(".split > .panel");
  if (panel && steps) {
    panel.remove();
    grid.parentElement.classList.remove("open");
    history.replaceState(history.state, "", address({ step: undefined }));
    drawn.forEach((view) => view.element.setAttribute("aria-selected", "false"));
    focus(active);
  }
}

function clicked(event) {
  const row = event.target.closest("[role=row]")?.view?.row;
  if (!row || row.gap || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  if (event.target.closest(".tw")) {
    active = row;
    change(() => steps.fold(row, !row.closed));
  } else if (event.target.closest("a") && innerWidth >= 1100) {
    event.preventDefault();
    focus(row);
    open(row);
  }
}

/** Takes the rows of the server in place of what was drawn before. */
function show(data) {
  const first = !steps;
  const old = steps;
  steps = new Steps(data);
  old?.all.filter((row) => row.closed).forEach((row) => {
    const again = steps.find(row.id);
    if (again) {
      again.closed = true;
    }
  });
  steps.arrange();
  active = (active && steps.find(active.id)) ?? steps.all[0];
  fetchedAt = performance.now();
  if (first) {
    begin();
  } else {
    grow(old);
  }
}

function begin() {
  grid.replaceChildren(head);
  body = grid.appendChild(document.createElement("div"));
  body.className = "rows";
  body.setAttribute("role", "rowgroup");
  body.addEventListener("click", clicked);
  body.addEventListener("focusin", (event) => {
    const row = event.target.closest("[role=row]")?.view?.row;
    if (row && row !== active && !row.gap) {
      focus(row);
    }
  });
  document.querySelector(".split > .panel a[href]")?.addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });
  grid.classList.add("drawn", "path");
  redraw();
  const linked = openStep() && steps.find(openStep());
  if (linked) {
    focus(linked);
  }
  brush((window) => zoom(window, false), () => steps.length);
  document.querySelector(".zoom")?.addEventListener("submit", (event) => {
    event.preventDefault();
    zoom(["t0", "t1"].map((name) => event.target.elements[name].value * 1000), false);
  });
  performance.mark("steps");
}

/** Nothing in view moves, unless the last row was in view: then the end stays so. */
function grow(old) {
  const [from, to] = range();
  const atEnd = to >= old.shown.length && old.shown.length > 0;
  const anchor = old.shown.slice(from).find((row) => !row.gap);
  const focused = body.contains(document.activeElement);
  const again = anchor && steps.find(anchor.id);
  redraw();
  if (atEnd && from > 0) {
    scrollTo(0, document.documentElement.scrollHeight);
  } else if (again && again.at >= 0 && again.at !== anchor.at) {
    scrollBy(0, (again.at - anchor.at) * ROW);
  }
  draw();
  if (focused) {
    drawn.get(active)?.link.focus({ preventScroll: true });
  }
}

/** Asks for the rows; again only when the answer before is here. */
export function refresh() {
  if (!grid || asking) {
    return Promise.resolve();
  }
  asking = true;
  return fetch(grid.dataset.rows)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(show)
    .catch(() => document.documentElement.classList.add("paged"))
    .finally(() => { asking = false; });
}

/** Bars of what still runs grow once a second. */
function tick() {
  if (steps?.running && document.visibilityState === "visible") {
    const now = performance.now();
    steps.length += (now - fetchedAt) * 1000;
    fetchedAt = now;
    drawn.forEach((view, row) => {
      if (row.took < 0) {
        view.numbers[0].textContent = since(steps.lasts(row));
      }
    });
    draw();
  }
}

if (grid) {
  refresh();
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  addEventListener("popstate", () => { zoomed = asked(); soon(); });
  setInterval(tick, 1000);
}
