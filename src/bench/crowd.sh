#!/usr/bin/env bash
# Measures what one client sees while thousands of others send and read slowly, with a small heap.
. "$(dirname "$0")/bench.sh"
needs python3 python3

blobs=${BLOBS:-disk}
start_mediakeep "${JAVA:-java}" -Xmx"${HEAP:-256m}" -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -jar target/mediakeep.war <<YAML
blobs: {kind: $blobs}
rate-limits: {download: {per-second: 100000, burst: 100000}, upload: {per-second: 100000, burst: 100000}}
YAML
python3 src/bench/crowd.py "$url" "$token" "$server" "${SECONDS_EACH:-60}" "$@"
if grep -E 'ERROR|OutOfMemory' "$work/log"; then
    exit 1
fi
