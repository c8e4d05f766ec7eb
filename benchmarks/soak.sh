#!/bin/bash
# A steady stream for a long time: soak.sh [MINUTES [SPANS_A_SECOND]], an hour at 50,000 by default. Starts ./onlooker with the flags that ship, warms it up at the same rate,
# prints each minute's rate, p50, p99 and memory, with what the old generation of its heap holds and what the folder takes on disk; at the end whether anything is missing.
#   WARM=60 CONNECTIONS=32 SPANS=20 DIALECT=otlp   seconds that do not count, connections, spans of a request, otlp, sentry-spans or sentry-transactions
#   DATA=FOLDER                                    where the spans go, an empty folder that stays; otherwise one that is deleted. 50 to 60 bytes a span, copies apart
# A request that waits for an answer on its connection beyond its time is counted from when it was due. Exit status 1 when anything was refused or is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
home=${JAVA_HOME:+$JAVA_HOME/bin/}
key=0123456789abcdef0123456789abcdef
token=token-0123456789abcdef
minutes=${1:-60}
rate=${2:-50000}
warm=${WARM:-60}

work=$(mktemp -d)
data=${DATA:-$work/data}
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

port=$((20000 + RANDOM % 10000))
while (echo >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((20000 + RANDOM % 10000)); done
ONLOOKER_BOOTSTRAP_DSN_KEY=$key ONLOOKER_BOOTSTRAP_TOKEN=$token ./onlooker serve \
  --port "$port" --otlp-ports off --data "$data" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 600); do (echo >"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.2; done

old_generation() { "${home}jstat" -gc "$server" | awk 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "OU") at = i } NR == 2 { printf "%d", $at / 1024 }'; }
megabytes() { du -sm "$data" 2>/dev/null | cut -f1; }

"${home}java" -Xmx256m -XX:+UseSerialGC -cp benchmarks/target/classes io.onlooker.benchmarks.load.IngestLoad \
  "${DIALECT:-otlp}" "http://127.0.0.1:$port" "$warm" $((minutes * 60)) "${CONNECTIONS:-32}" "$server" "$key" "${SPANS:-20}" "$rate" |
  while IFS= read -r line; do
    case $line in
      *minute*) echo "$line; old generation $(old_generation) MB, disk $(megabytes) MB" ;;
      *) echo "$line" | tee "$work/summary" ;;
    esac
  done

accepted=$(sed -n 's/.*accepted in all \([0-9]*\).*/\1/p' "$work/summary")
refused=$(sed -n 's/.*refused \([0-9]*\).*/\1/p' "$work/summary")
kept=$(curl -sf --max-time 60 -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
  -d '{"q":"","aggregates":["count()"],"from":"2020-01-01T00:00:00Z","to":"2100-01-01T00:00:00Z"}' "http://127.0.0.1:$port/api/v1/query")
echo "kept: $kept"
grep -ciE ' (WARN|ERROR) ' "$work/log" | sed 's/^/warnings in the log: /' || true
count=$(echo "$kept" | grep -oE '[0-9]+' | sort -n | tail -1)
if [ "$refused" != 0 ] || ! echo "$kept" | grep -qE "(^|[^0-9])$accepted([^0-9]|$)"; then
  echo "accepted $accepted, refused $refused, greatest number in what is kept: $count"
  exit 1
fi
echo "nothing is missing: $accepted"
