#!/bin/bash
# Ingest beside Zipkin and Spotlight, on one machine, one after the other: ingest.sh [SECONDS] [WARM-UP SECONDS] [CONNECTIONS] [ZIPKIN_EXEC_JAR]
# Zipkin: ./mvnw dependency:get -N -Dartifact=io.zipkin:zipkin-server:3.6.1:jar:exec -Dtransitive=false
# Spotlight runs when npm is there. PEERS=no leaves both out; DIALECTS names ours to send. Everything that is started here is ended here, by its id.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-12}
warm=${2:-20}
connections=${3:-32}
zipkin=${4:-$(find ~/.m2/repository/io/zipkin -name 'zipkin-server-*-exec.jar' 2>/dev/null | sort -V | tail -1)}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
key=0123456789abcdef0123456789abcdef
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

until_open() { for _ in $(seq 300); do (echo >"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.2; done; echo "port $1: closed" >&2; exit 1; }
load() { timeout $((seconds + warm + 60)) "$java" -Xmx768m -XX:+UseSerialGC -cp benchmarks/target/classes io.onlooker.benchmarks.load.IngestLoad "$1" "http://127.0.0.1:$2" "$warm" "$seconds" "$3" "$server" "$key"; }
stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }

echo "load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
for dialect in ${DIALECTS:-otlp sentry-spans sentry-transactions}; do
  ONLOOKER_BOOTSTRAP_DSN_KEY=$key ONLOOKER_BOOTSTRAP_TOKEN=token-0123456789abcdef ./onlooker serve \
    --port 18600 --otlp-ports off --data "$work/$dialect" >"$work/onlooker.log" 2>&1 & server=$!
  until_open 18600
  echo -n "onlooker "; load "$dialect" 18600 "$connections"
  echo -n "  kept: "; curl -sf -H 'Authorization: Bearer token-0123456789abcdef' -H 'Content-Type: application/json' \
    -d '{"q":"","aggregates":["count()"],"from":"2020-01-01T00:00:00Z","to":"2100-01-01T00:00:00Z"}' http://127.0.0.1:18600/api/v1/query; echo
  stop
  rm -rf "$work/$dialect"
done
[ "${PEERS:-yes}" = yes ] || exit 0
if [ -n "$zipkin" ]; then
  QUERY_PORT=19411 STORAGE_TYPE=mem MEM_MAX_SPANS=500000 "$java" -Xmx3g -jar "$zipkin" >"$work/zipkin.log" 2>&1 & server=$!
  until_open 19411
  echo -n "zipkin "; load zipkin 19411 "$connections"
  stop
fi
if command -v npm >/dev/null && npm install --prefix "$work" --no-audit --no-fund --loglevel=error @spotlightjs/spotlight@4.11.8 hono@4.12.21 >"$work/npm.log" 2>&1; then
  node "$work/node_modules/@spotlightjs/spotlight/dist/run.js" server -p 18969 >"$work/spotlight.log" 2>&1 & server=$!
  until_open 18969
  echo -n "spotlight "; load spotlight 18969 4
  stop
fi
