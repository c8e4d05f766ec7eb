// Lists: the row and the cell that have the focus, filtering by a cell, and coming back to a row.

export const rows = () => [...document.querySelectorAll("a.row, summary.line, .slim > .what, .grid a.what")]
  .filter((row) => row.offsetParent !== null);

/** The cell with the focus, or the first of the row that has it. */
export function cell() {
  return document.activeElement?.closest(".list td");
}

export function focus(row) {
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/** To a neighbour in the row; the first cell's link stands for the row. */
export function across(by) {
  const at = cell();
  if (!at) {
    return false;
  }
  const next = by > 0 ? at.nextElementSibling : at.previousElementSibling;
  if (next) {
    const link = next.querySelector("a.row");
    if (!link) {
      next.tabIndex = -1;
    }
    (link ?? next).focus();
  }
  return true;
}

/** Adds what the cell says to the query, or its opposite. */
export function filter(exclude, at = cell()) {
  const term = at?.dataset.term;
  if (!term || !document.querySelector("#q[data-of]")) {
    return;
  }
  const url = new URL(location.href);
  const query = url.searchParams.get("q") ?? "";
  url.searchParams.set("q", `${query} ${exclude ? "!" : ""}${term}`.trim());
  ["cursor", "step", "was"].forEach((name) => url.searchParams.delete(name));
  location.assign(url);
}

export function sort() {
  const at = cell();
  const head = at?.closest("table").tHead.rows[0].cells[at.cellIndex];
  head?.querySelector("a")?.click();
}

// Two small buttons appear in the cell under the pointer.
const pair = document.createElement("span");
pair.className = "pair";
for (const [sign, says, exclude] of [["⊕", "Filter by this", false], ["⊖", "Leave this out", true]]) {
  const button = pair.appendChild(document.createElement("button"));
  button.type = "button";
  button.textContent = sign;
  button.title = says;
  button.setAttribute("aria-label", says);
  button.tabIndex = -1;
  button.addEventListener("click", () => filter(exclude, pair.over));
}
if (document.querySelector("#q[data-of]")) {
  document.addEventListener("pointerover", (event) => {
    const at = event.target.closest?.(".list td[data-term]");
    if (at && at !== pair.over) {
      pair.over = at;
      const box = at.getBoundingClientRect();
      pair.style.left = `${box.right + scrollX - 54}px`;
      pair.style.top = `${box.top + scrollY + 1}px`;
      document.body.append(pair);
    } else if (!at && !event.target.closest?.(".pair")) {
      pair.over = undefined;
      pair.remove();
    }
  });
}

// Back leads to the row one came from, also where the browser does not keep pages.
const place = () => `row ${location.pathname}${location.search}`;
addEventListener("click", (event) => {
  const row = event.target.closest?.("a.row, a.over");
  if (row) {
    sessionStorage.setItem(place(), JSON.stringify({ id: row.closest("tr").id, y: scrollY }));
  }
});
addEventListener("pageshow", (event) => {
  const back = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const left = back && sessionStorage.getItem(place());
  if (left) {
    const { id, y } = JSON.parse(left);
    document.getElementById(id)?.querySelector("a.row")?.focus({ preventScroll: true });
    scrollTo(0, y);
  }
});
