#!/bin/bash
# Ingest beside Zipkin and Spotlight on one machine: ingest.sh [NAME...], of otlp, sentry-spans, sentry-transactions, zipkin, spotlight (all of them).
# Starts a server for each name and warms it up, one after the other; then measures them one after the other while the others rest; then ends them, by their ids.
#   WARM=40 SECONDS_EACH=12 CONNECTIONS=32   seconds to warm up, seconds that count, connections
#   SPANS=20                                 spans of a request; OpenTelemetry's batches have up to 512
#   QUIET=COMMAND                            runs the measuring part through this command, which may wait until nothing else is at work
#   ZIPKIN=JAR                               io.zipkin:zipkin-server:3.6.1:jar:exec, got from Maven otherwise
# Of Zipkin's and Spotlight's own settings nothing is changed but the ports, the heap that Zipkin's own documentation asks for, and no more spans kept than fit it.
set -euo pipefail
cd "$(dirname "$0")/.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
key=0123456789abcdef0123456789abcdef
token=token-0123456789abcdef
all=(otlp sentry-spans sentry-transactions zipkin spotlight)

connections() { [ "$1" = spotlight ] && echo 4 || echo "${CONNECTIONS:-32}"; }
load() { # NAME WARM-UP SECONDS
  timeout $(($2 + $3 + 60)) "$java" -Xmx256m -XX:+UseSerialGC -cp benchmarks/target/classes io.onlooker.benchmarks.load.IngestLoad \
    "$1" "http://127.0.0.1:$(cat "$work/$1.port")" "$2" "$3" "$(connections "$1")" "$(cat "$work/$1.pid")" "$key" "${SPANS:-20}"
}
measure() {
  echo "load average: $(cut -d' ' -f1-3 /proc/loadavg)"
  for name; do load "$name" 2 "${SECONDS_EACH:-12}"; done
}

if [ "${1:-}" = --measure ]; then
  work=$2
  shift 2
  measure "$@"
  exit
fi

work=$(mktemp -d)
trap 'for pid in "$work"/*.pid; do kill "$(cat "$pid")" 2>/dev/null || true; done; wait; rm -rf "$work"' EXIT

until_open() { # NAME SECONDS
  for _ in $(seq $(($2 * 5))); do (echo >"/dev/tcp/127.0.0.1/$(cat "$work/$1.port")") 2>/dev/null && return; sleep 0.2; done
  echo "$1: not listening after $2 seconds" >&2
  tail -5 "$work/$1.log" >&2
  return 1
}
free_port() {
  local port=$((20000 + RANDOM % 10000))
  while (echo >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((20000 + RANDOM % 10000)); done
  echo "$port"
}
serve() { # NAME
  free_port >"$work/$1.port"
  case $1 in
    zipkin) QUERY_PORT=$(cat "$work/$1.port") STORAGE_TYPE=mem MEM_MAX_SPANS=500000 "$java" -Xmx3g -jar "$zipkin" >"$work/$1.log" 2>&1 & ;;
    spotlight) node "$work/node_modules/@spotlightjs/spotlight/dist/run.js" server -p "$(cat "$work/$1.port")" >"$work/$1.log" 2>&1 & ;;
    *) ONLOOKER_BOOTSTRAP_DSN_KEY=$key ONLOOKER_BOOTSTRAP_TOKEN=$token ./onlooker serve \
      --port "$(cat "$work/$1.port")" --otlp-ports off --data "$work/$1" >"$work/$1.log" 2>&1 & ;;
  esac
  echo $! >"$work/$1.pid"
  until_open "$1" 120
}
kept() { # NAME
  echo -n "$1 kept: "
  curl -sf -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"q":"","aggregates":["count()"],"from":"2020-01-01T00:00:00Z","to":"2100-01-01T00:00:00Z"}' \
    "http://127.0.0.1:$(cat "$work/$1.port")/api/v1/query"
  echo
}

[ $# -gt 0 ] || set -- "${all[@]}"
zipkin=${ZIPKIN:-}
for name; do
  case $name in
    zipkin)
      if [ -z "$zipkin" ]; then
        zipkin=$work/zipkin.jar
        ./mvnw -q -N dependency:copy -Dartifact=io.zipkin:zipkin-server:3.6.1:jar:exec -Dmdep.stripVersion -DoutputDirectory="$work"
        mv "$work"/zipkin-server*.jar "$zipkin"
      fi ;;
    spotlight) # hono is pinned: with 4.13 Spotlight answers 500 to every request
      npm install --prefix "$work" --no-audit --no-fund --loglevel=error @spotlightjs/spotlight@4.11.8 hono@4.12.21 >"$work/npm.log" 2>&1 ;;
  esac
done
for name; do
  serve "$name"
  echo "warm-up of $(load "$name" 0 "${WARM:-40}")"
done
${QUIET:-} "$0" --measure "$work" "$@"
for name; do
  case $name in zipkin | spotlight) ;; *) kept "$name" ;; esac
done
