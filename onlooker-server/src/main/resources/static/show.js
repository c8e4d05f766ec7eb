// Numbers for a person, as the server writes them.

const twoUnits = (seconds) => {
  const pair = (large, unit, small, least) => `${large}${unit} ${String(small).padStart(2, "0")}${least}`;
  if (seconds < 3600) {
    return pair(Math.floor(seconds / 60), "m", seconds % 60, "s");
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) {
    return pair(Math.floor(minutes / 60), "h", minutes % 60, "m");
  }
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
};

export function duration(micros) {
  const millis = micros / 1e3;
  if (millis < 999.5) {
    return `${millis === 0 ? 0 : millis.toFixed(millis < 9.95 ? 1 : 0)} ms`;
  }
  const seconds = millis / 1e3;
  return seconds < 59.95 ? `${seconds.toFixed(seconds < 9.995 ? 2 : 1)} s` : twoUnits(Math.round(seconds));
}

/** Of what still runs: whole seconds. */
export function since(micros) {
  const seconds = Math.max(0, Math.floor(micros / 1e6));
  return `${seconds < 60 ? `${seconds} s` : twoUnits(seconds)}…`;
}

export function count(number) {
  return number.toLocaleString("en-US");
}

export function tokens(number) {
  if (number < 0) {
    return "–";
  }
  const short = (value) => value.toFixed(value < 99.95 ? 1 : 0);
  return number < 1000 ? String(number) : number < 999500 ? `${short(number / 1e3)}k` : `${short(number / 1e6)}M`;
}

export function usd(dollars) {
  if (dollars === 0 || dollars < 0.0001) {
    return dollars === 0 ? "$0" : "<$0.0001";
  }
  const decimals = dollars >= 1000 ? 0 : dollars >= 1 ? 2 : 4;
  return `$${dollars.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;
}
