// Charts: values under the pointer in a fixed line, the same moment on all charts, and a brush over time.

const charts = [...document.querySelectorAll("[data-chart]")].map((figure) => {
  const svg = figure.querySelector(".plot");
  return { svg, said: figure.querySelector(".said"), slots: [...svg.querySelectorAll(".slot")], at: -1 };
});

function needle(chart, slot) {
  const old = chart.svg.querySelector(".needle");
  if (!slot) {
    old?.remove();
    return;
  }
  const line = old ?? document.createElementNS("http://www.w3.org/2000/svg", "line");
  line.setAttribute("class", "needle");
  line.setAttribute("x1", slot.dataset.x);
  line.setAttribute("x2", slot.dataset.x);
  line.setAttribute("y1", "12");
  line.setAttribute("y2", "100%");
  chart.svg.append(line);
}

/** Shows a step on every chart that covers the same times. */
function point(chart, at) {
  for (const each of charts) {
    const same = each.slots.length === chart.slots.length;
    const slot = same ? each.slots[at] : undefined;
    each.at = same ? at : -1;
    needle(each, slot);
    each.said.textContent = slot ? slot.getAttribute("aria-label") : "";
  }
}

function index(chart, event) {
  const box = chart.svg.getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  return Math.max(0, Math.min(chart.slots.length - 1, Math.floor(share * chart.slots.length)));
}

function narrow(chart, one, other) {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  const url = new URL(chart.slots[first].getAttribute("href"), location.href);
  url.searchParams.set("to", chart.slots[last].dataset.to);
  location.assign(url);
}

function mark(chart, one, other) {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  chart.slots.forEach((slot, i) => slot.classList.toggle("in", one >= 0 && i >= first && i <= last));
}

for (const chart of charts) {
  let from = -1;
  chart.svg.addEventListener("pointermove", (event) => {
    const at = index(chart, event);
    point(chart, at);
    if (from >= 0) {
      mark(chart, from, at);
    }
  });
  chart.svg.addEventListener("pointerleave", () => { if (from < 0) { point(chart, -1); } });
  chart.svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      event.preventDefault();
      from = index(chart, event);
      chart.svg.setPointerCapture(event.pointerId);
    }
  });
  chart.svg.addEventListener("pointerup", (event) => {
    if (from >= 0) {
      narrow(chart, from, index(chart, event));
    }
    from = -1;
  });
  chart.svg.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey) {
      event.preventDefault();
    }
  });
  let began = -1;
  chart.svg.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) {
      event.preventDefault();
      event.stopPropagation();
      const old = chart.at;
      const at = Math.max(0, Math.min(chart.slots.length - 1, old < 0 ? chart.slots.length - 1 : old + by));
      began = event.shiftKey ? (began < 0 ? old : began) : -1;
      point(chart, at);
      mark(chart, began < 0 ? -1 : began, at);
    } else if (event.key === "Enter" && chart.at >= 0) {
      event.preventDefault();
      narrow(chart, began < 0 ? chart.at : began, chart.at);
    }
  });
  chart.svg.addEventListener("blur", () => point(chart, -1));
}
