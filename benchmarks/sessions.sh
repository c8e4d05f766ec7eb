#!/bin/bash
# Lists among very many sessions: sessions.sh [FOLDER] [SESSIONS]
# Fills the folder when it is empty, restarts the store, times its lists, then the same over HTTP.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-$(mktemp -d)}
all=${2:-1000000}
java=${JAVA_HOME:?a JDK 25}/bin/java
token=token-0123456789abcdef
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null' EXIT

run() {
  "$java" -XX:+UseSerialGC -Xmx1g --add-opens=java.base/java.nio=ALL-UNNAMED --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp benchmarks/target/classes:onlooker-server/target/onlooker-server.jar \
    io.onlooker.benchmarks.sessions.ManySessions "$@" 2>>"$folder.log"
}

if [ ! -d "$folder/store" ]; then
  for ((from = 0; from < all; from += 50000)); do run fill "$folder/store" "$from" $((from + 50000)) "$all"; done
fi
run read "$folder/store"

began=$(date +%s%3N)
ONLOOKER_BOOTSTRAP_TOKEN=$token ./onlooker serve --port 18600 --otlp-ports off --data "$folder" >"$folder/server.log" 2>&1 & server=$!
until curl -sf -o /dev/null http://127.0.0.1:18600/readyz; do sleep 0.02; done
echo "ready after $(($(date +%s%3N) - began)) ms"
for query in 'sort=-started' 'sort=-started&q=status:failed' 'sort=-duration' 'sort=-cost' 'sort=-tokens'; do
  for _ in $(seq 41); do
    curl -s -o /dev/null -w '%{time_total}\n' -H "Authorization: Bearer $token" \
      "http://127.0.0.1:18600/api/v1/sessions?$query&limit=50&from=2020-01-01&to=2100-01-01"
  done | sort -n | awk -v query="$query" '{ t[NR] = $1 * 1000 } END { printf "%s: %.1f ms, slowest %.1f ms\n", query, t[int((NR + 1) / 2)], t[NR] }'
done
grep VmRSS "/proc/$server/status"
