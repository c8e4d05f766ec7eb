// The steps of a run as rows of a tree: what lies below what, what is closed, and what failed.

/** Rows from the columns of the server, each with the place behind the last one below it. */
function read(data) {
  const rows = [];
  const open = [];
  let start = 0;
  for (let i = 0; i < data.depths.length; i++) {
    start += data.starts[i];
    const depth = data.depths[i];
    while (open.length > 0 && open.at(-1).depth >= depth) {
      open.pop().end = i;
    }
    const row = {
      i, depth, start, end: i + 1, at: -1, closed: false, up: open.at(-1),
      id: data.ids.substr(i * 16, 16),
      kind: data.kinds[i],
      name: data.names[data.named[i]],
      took: data.takes[i],
      in: data.in[i],
      out: data.out[i],
      usd: data.usd[i],
      first: data.firsts[i],
      fault: data.faults[i],
    };
    rows.push(row);
    open.push(row);
  }
  open.forEach((row) => { row.end = rows.length; });
  return rows;
}

export class Steps {
  constructor(data) {
    this.all = read(data);
    this.reasons = data.reasons;
    this.length = Math.max(1, data.length);
    this.running = data.running;
    this.gaps = new Map(data.gaps.map(([row, from, to]) => [row, { gap: true, start: from, took: to - from }]));
    this.arrange();
    this.slowest();
  }

  /** Puts together the rows that nothing hides, with the gaps between them. */
  arrange() {
    this.shown = [];
    for (let i = 0; i < this.all.length;) {
      const gap = this.gaps.get(i);
      if (gap) {
        gap.at = this.shown.push(gap) - 1;
        gap.depth = this.all[i].depth;
      }
      const row = this.all[i];
      row.at = this.shown.push(row) - 1;
      const next = row.closed ? row.end : i + 1;
      for (let hidden = i + 1; hidden < next; hidden++) {
        this.all[hidden].at = -1;
      }
      i = next;
    }
  }

  parent(row) {
    return row.end > row.i + 1;
  }

  find(id) {
    return this.all.find((row) => row.id === id);
  }

  fold(row, closed) {
    row.closed = closed && this.parent(row);
    this.arrange();
  }

  openBelow(row) {
    this.all.slice(row.i, row.end).forEach((each) => { each.closed = false; });
    this.arrange();
  }

  openAll() {
    this.all.forEach((each) => { each.closed = false; });
    this.arrange();
  }

  /** Opens whatever hides the row. */
  reveal(row) {
    for (let up = row.up; up; up = up.up) {
      up.closed = false;
    }
    this.arrange();
  }

  /** The failed step after or before a row, hidden ones too; the last of them again at the end. */
  failed(from, by) {
    const all = this.all.filter((row) => row.fault !== undefined);
    return by > 0
      ? all.find((row) => row.i > from) ?? all.at(-1)
      : all.findLast((row) => row.i < from) ?? all[0];
  }

  /** What lies below a row, in sum. */
  below(row) {
    let [failed, usd, unknown] = [0, 0, false];
    for (let i = row.i + 1; i < row.end; i++) {
      failed += this.all[i].fault === undefined ? 0 : 1;
      usd += Math.max(0, this.all[i].usd);
      unknown ||= this.all[i].usd < -1;
    }
    return { steps: row.end - row.i - 1, failed, usd, unknown };
  }

  /** From the longest of the first level always on to the longest below it. */
  slowest() {
    const longest = (from, to) => {
      let found;
      for (let i = from; i < to; i = this.all[i].end) {
        const took = this.lasts(this.all[i]);
        found = found === undefined || took > this.lasts(found) ? this.all[i] : found;
      }
      return found;
    };
    for (let row = longest(0, this.all.length); row; row = longest(row.i + 1, row.end)) {
      row.slow = true;
    }
  }

  /** How long it took, or has taken until now. */
  lasts(row) {
    return row.took < 0 ? Math.max(0, this.length - row.start) : row.took;
  }

  /** The model call before this one of the same agent. */
  before(row) {
    for (let i = row.i - 1; i > (row.up?.i ?? -1); i--) {
      if (this.all[i].up === row.up && this.all[i].kind === row.kind) {
        return this.all[i];
      }
    }
    return undefined;
  }

  /**
   * The time that shows the bars of these rows best: of those with nothing open below them. Where
   * a long pause lies between them, it is the time of the larger part.
   */
  fit(rows) {
    const leaves = rows.filter((row) => !row.gap && (row.closed || !this.parent(row)));
    const ends = (row) => row.start + this.lasts(row);
    const span = (some) => [Math.min(...some.map((row) => row.start)), Math.max(...some.map(ends))];
    if (leaves.length === 0) {
      return [0, this.length];
    }
    const [first, last] = span(leaves);
    const parts = [];
    let until = -Infinity;
    for (const row of leaves) {
      if (row.start - until > (last - first) / 4) {
        parts.push([]);
      }
      parts.at(-1).push(row);
      until = Math.max(until, ends(row));
    }
    const [from, to] = span(parts.reduce((most, each) => (each.length > most.length ? each : most)));
    return [from, Math.max(to, from + 1)];
  }
}
