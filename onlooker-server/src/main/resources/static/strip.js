// The strip above a waterfall: the whole run, the window that is shown, and drawing a new one.

const strip = document.querySelector("svg.strip");
const WIDTH = 120;

/** Shows which window of the whole length is drawn. */
export function mark([from, to], length) {
  let window = strip.querySelector(".window");
  if (!window) {
    window = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    window.setAttribute("class", "window");
    window.setAttribute("height", "44");
    window.setAttribute("vector-effect", "non-scaling-stroke");
    strip.append(window);
  }
  const x = Math.min(from / length, 1) * WIDTH;
  window.setAttribute("x", x);
  window.setAttribute("width", Math.max(0.3, Math.min(to / length, 1) * WIDTH - x));
}

/** Calls back with each window that is drawn, or chosen by a click. */
export function brush(chosen, length) {
  let from = -1;
  let drawn = false;
  const share = (event) => {
    const box = strip.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  };
  const window = (event) => [from, share(event)].sort((a, b) => a - b).map((at) => at * length());
  strip.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      event.preventDefault();
      from = share(event);
      drawn = false;
      strip.setPointerCapture(event.pointerId);
    }
  });
  strip.addEventListener("pointermove", (event) => {
    if (from >= 0 && Math.abs(share(event) - from) > 0.005) {
      drawn = true;
      mark(window(event), length());
    }
  });
  strip.addEventListener("pointerup", (event) => {
    if (from >= 0 && drawn) {
      chosen(window(event));
    } else if (from >= 0 && !event.ctrlKey && !event.metaKey) {
      choose(share(event));
    }
    from = -1;
  });
  // A bucket is a link for those without scripts.
  strip.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey) {
      event.preventDefault();
    }
  });
  function choose(at) {
    const bucket = strip.querySelectorAll("a")[Math.min(WIDTH - 1, Math.floor(at * WIDTH))];
    const parameters = bucket && new URL(bucket.getAttribute("href"), location.href).searchParams;
    if (parameters) {
      chosen(["t0", "t1"].map((name) => Number(parameters.get(name)) * 1000));
    }
  }
}
