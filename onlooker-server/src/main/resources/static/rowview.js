// One drawn row of a waterfall: made once, then filled again and again as others come into view.
import { count, duration, since, tokens, usd } from "./show.js";

const SVG = "http://www.w3.org/2000/svg";
const DEEPEST_INDENT = 8;
const KINDS = [
  ["k-agent", "agent", "M2 2H8V8H2Z"],
  ["k-llm", "LLM", "M1 1H9V9H1Z"],
  ["k-tool", "tool", "M1 5A4 4 0 1 1 9 5A4 4 0 1 1 1 5Z"],
  ["k-data", "data", "M5 0L10 5L5 10L0 5Z"],
  ["k-workflow", "workflow", "M5 1L9.5 9H.5Z"],
  ["k-other", "step", "M1 4H9V6H1Z"],
];

function add(parent, name, css) {
  const element = parent.appendChild(document.createElement(name));
  element.className = css;
  return element;
}

function draw(parent, name, css) {
  const element = parent.appendChild(document.createElementNS(SVG, name));
  element.setAttribute("class", css);
  return element;
}

function cell(row, css) {
  const element = add(row, "span", css);
  element.setAttribute("role", "gridcell");
  return element;
}

const percent = (share) => `${(share * 100).toFixed(2)}%`;

export class RowView {
  constructor() {
    this.element = document.createElement("div");
    this.element.setAttribute("role", "row");
    this.head = cell(this.element, "");
    this.fold = add(this.head, "span", "tw");
    this.link = add(this.head, "a", "what");
    this.glyph = draw(this.link, "svg", "glyph");
    this.glyph.setAttribute("viewBox", "0 0 10 10");
    this.glyph.setAttribute("role", "img");
    this.shape = draw(this.glyph, "path", "");
    this.name = add(this.link, "bdi", "");
    this.more = add(this.link, "span", "fold");
    this.bars = draw(cell(this.element, ""), "svg", "bars");
    this.bars.setAttribute("aria-hidden", "true");
    this.bar = draw(this.bars, "rect", "");
    this.tick = draw(this.bars, "rect", "tick");
    this.arrow = draw(this.bars, "text", "");
    this.arrow.setAttribute("y", "16");
    this.numbers = ["n", "n tok", "n usd"].map((css) => cell(this.element, css));
    this.element.view = this;
    this.was = {};
  }

  /** Shows this row; what depends on the window comes with {@link span}. */
  fill(row, steps, link, active, open) {
    this.row = row;
    this.span_ = "";
    const { element } = this;
    element.setAttribute("aria-rowindex", row.at + 2);
    element.setAttribute("aria-level", row.depth + 1);
    element.style.top = `${row.at * 24}px`;
    if (row.gap) {
      this.fillGap(row);
      return;
    }
    const [css, word, shape] = KINDS[row.kind];
    const parent = steps.parent(row);
    element.id = `s-${row.id}`;
    element.className = `tr ${css}${row.fault === undefined ? "" : " bad failed"}${row.slow ? " slow" : ""}`;
    element.toggleAttribute("aria-expanded", parent);
    if (parent) {
      element.setAttribute("aria-expanded", String(!row.closed));
    }
    element.setAttribute("aria-selected", String(open));
    this.head.className = `d${Math.min(row.depth, DEEPEST_INDENT)}`;
    this.link.href = link(row);
    this.link.tabIndex = active ? 0 : -1;
    this.glyph.setAttribute("class", row.kind === 0 ? "glyph hollow" : "glyph");
    this.glyph.setAttribute("aria-label", word);
    this.shape.setAttribute("d", shape);
    this.name.textContent = row.name;
    this.name.title = row.name;
    // What has others inside is a thin line above them.
    const slim = row.kind === 0 || row.kind === 4;
    this.bar.setAttribute("y", slim ? 10 : 7);
    this.bar.setAttribute("height", slim ? 4 : 10);
    this.bar.setAttribute("class", row.fault === undefined ? "" : "fail");
    this.says(row, row.closed ? steps.below(row) : undefined);
    this.figures(row, steps);
  }

  says(row, below) {
    const folded = below && [
      `+ ${count(below.steps)} steps`,
      below.failed > 0 ? `✕ ${count(below.failed)}` : "",
      below.usd > 0 ? `${below.unknown ? "≥ " : ""}${usd(below.usd)}` : below.unknown ? "— no price" : "",
    ].filter(Boolean).join(", ");
    this.more.textContent = [row.fault === undefined ? "" : "✕", folded].filter(Boolean).join(" ");
    this.more.title = row.fault ?? "";
  }

  figures(row, steps) {
    const [took, used, cost] = this.numbers;
    took.textContent = row.took < 0 ? since(steps.lasts(row)) : duration(row.took);
    took.title = row.took < 0 ? "has not ended" : `${row.took / 1000} ms`;
    const known = row.in >= 0 || row.out >= 0;
    used.textContent = known ? `${tokens(row.in)} → ${tokens(row.out)}` : "";
    used.title = known ? `${row.in < 0 ? "?" : row.in} in, ${row.out < 0 ? "?" : row.out} out` : "";
    cost.textContent = row.usd === -1 ? "" : row.usd < 0 ? "—" : usd(row.usd);
    cost.title = row.usd === -1 ? "" : row.usd < 0 ? `No cost: ${steps.reasons[-2 - row.usd]}` : `$${row.usd}`;
  }

  fillGap(row) {
    this.element.id = "";
    this.element.className = "tr gap";
    this.element.removeAttribute("aria-expanded");
    this.element.setAttribute("aria-selected", "false");
    this.head.className = `d${Math.min(row.depth, DEEPEST_INDENT)}`;
    this.link.removeAttribute("href");
    this.link.tabIndex = -1;
    this.name.textContent = `${duration(row.took)} without a step`;
    this.more.textContent = "";
    this.bar.setAttribute("class", "none");
    this.bar.setAttribute("y", 7);
    this.bar.setAttribute("height", 10);
    this.numbers.forEach((number) => { number.textContent = ""; number.title = ""; });
    this.numbers[0].textContent = duration(row.took);
  }

  /** Draws the bar over this window of time, or an arrow to where it lies. */
  span([from, to], took) {
    const key = `${from} ${to} ${took}`;
    if (this.span_ === key) {
      return;
    }
    this.span_ = key;
    const { row } = this;
    const share = (time) => Math.min(1, Math.max(0, (time - from) / (to - from)));
    const before = row.start + took < from;
    const after = row.start > to;
    const outside = before || after;
    this.mark(before ? "◂" : after ? "▸" : "");
    this.set("bar", "x", percent(share(row.start)));
    this.set("bar", "width", percent(outside ? 0 : share(row.start + took) - share(row.start)));
    this.set("bar", "visibility", outside ? "hidden" : "visible");
    const first = row.start + row.first;
    const ticked = row.first >= 0 && row.first < took && first > from && first < to;
    this.set("tick", "x", ticked ? percent(share(first)) : "0");
    this.set("tick", "class", ticked ? "tick on" : "tick");
  }

  /** The arrow at the edge beyond which the bar lies, or none. */
  mark(arrow) {
    if (this.was.arrow !== arrow) {
      this.was.arrow = arrow;
      this.arrow.textContent = arrow;
      this.arrow.setAttribute("x", arrow === "▸" ? "100%" : "0%");
      this.arrow.setAttribute("text-anchor", arrow === "▸" ? "end" : "start");
    }
  }

  /** Each frame of scrolling moves all bars in view: what stays as it is costs nothing this way. */
  set(part, name, value) {
    const key = `${part} ${name}`;
    if (this.was[key] !== value) {
      this.was[key] = value;
      this[part].setAttribute(name, value);
    }
  }
}
