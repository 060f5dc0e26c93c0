#!/usr/bin/env bash
# Measures what one client sees while thousands of others send and read slowly, with a small heap.
. "$(dirname "$0")/bench.sh"
needs python3 python3

if [ "${SERVER:-}" = tomcat ]; then # as the smoke tests start it; needs what mvn test-compile makes
    mvn -q -B dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath"
    tomcat=$(tr : '\n' < "$work/classpath" | grep -E '/(tomcat|jakarta.annotation)[^/]*\.jar$' | paste -sd:)
    server_command=(env -C "$work" "${small_java[@]}" "-DMEDIAKEEP_CONFIG=$work/mediakeep.yaml"
        -cp "$tomcat:$PWD/target/test-classes" io.mediakeep.testing.process.TomcatMain "$PWD/target/mediakeep.war")
else
    server_command=("${small_java[@]}" -jar target/mediakeep.war)
fi
start_mediakeep "${server_command[@]}" <<YAML
blobs: {kind: ${BLOBS:-disk}}
rate-limits: {download: {per-second: 100000, burst: 100000}, upload: {per-second: 100000, burst: 100000}}
YAML
python3 src/bench/crowd.py "$url" "$token" "$server" "${SECONDS_EACH:-60}" "$@"
if grep -E 'ERROR|OutOfMemory' "$work/log"; then
    exit 1
fi
