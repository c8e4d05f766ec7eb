// One table of keys: what acts and what the list under ? says come from the same lines.

const rows = () => [...document.querySelectorAll("a.row, summary.line, .grid a.what")]
  .filter((row) => row.offsetParent !== null);
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
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function follow(selector) {
  document.querySelector(selector)?.click();
}

function openAll() {
  const all = [...document.querySelectorAll(".steps > li > details")];
  const open = all.some((step) => !step.open);
  all.forEach((step) => { step.open = open; });
}

function level(row) {
  return Number(row.getAttribute("aria-level"));
}

/** Shows or hides what lies below a row of the waterfall. */
function fold(open) {
  const row = document.activeElement?.closest(".grid [role=row]");
  if (!row?.hasAttribute("aria-expanded")) {
    return;
  }
  row.setAttribute("aria-expanded", String(open));
  let closedAt = open ? Infinity : level(row);
  for (let next = row.nextElementSibling; next && level(next) > level(row); next = next.nextElementSibling) {
    next.hidden = level(next) > closedAt;
    if (!next.hidden) {
      closedAt = next.getAttribute("aria-expanded") === "false" ? level(next) : Infinity;
    }
  }
}

const KEYS = [
  ["/", "Search or jump", () => document.querySelector("#q, #jump")?.focus()],
  ["j", "Next row", () => move(rows, 1)],
  ["k", "Row before", () => move(rows, -1)],
  ["n", "Next failure", () => move(failures, 1)],
  ["N", "Failure before", () => move(failures, -1)],
  ["ArrowRight", "Waterfall: open below", () => fold(true)],
  ["ArrowLeft", "Waterfall: close below", () => fold(false)],
  ["1", "Story", () => follow("[data-view=story]")],
  ["2", "Waterfall", () => follow("[data-view=waterfall]")],
  ["3", "Raw", () => follow("[data-view=raw]")],
  ["e", "Open or close all steps", openAll],
  ["u", "Up to the list", () => follow("a.up")],
  ["r", "Look again", () => location.reload()],
  ["?", "This list", help],
];

function help() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "Keys");
  const table = dialog.appendChild(document.createElement("table"));
  for (const [key, what] of KEYS) {
    const row = table.insertRow();
    const head = row.appendChild(document.createElement("th"));
    head.scope = "row";
    head.textContent = key;
    row.insertCell().textContent = what;
  }
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "Escape" && typing) {
    event.target.blur();
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const known = KEYS.find(([key]) => key === event.key);
  if (known) {
    event.preventDefault();
    known[2]();
  }
});
