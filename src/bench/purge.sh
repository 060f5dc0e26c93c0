#!/usr/bin/env bash
# Purges a tenth of much media through the API while clients upload and download: src/bench/purge.sh [MEDIA]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
media=${1:-1000000}
mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java -Xmx512m -Djava.io.tmpdir="$work" -cp "target/classes:target/test-classes:$(cat target/test-classpath)" \
    io.mediakeep.api.admin.PurgeBenchmark "$media" | grep --line-buffered -v 'INFO\|BlobDamage' # the generated rows have no bytes
