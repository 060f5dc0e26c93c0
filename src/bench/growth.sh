#!/usr/bin/env bash
# Times the periodic jobs with much in the database and nothing to do: src/bench/growth.sh [MEDIA IN POSTGRESQL] [MEDIA IN H2]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
postgres=${1:-10000000} h2=${2:-1000000}
mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nice java -Xmx512m -Djava.io.tmpdir="$work" -cp "target/classes:target/test-classes:$(cat target/test-classpath)" \
    io.mediakeep.media.GrowthBenchmark "$postgres" "$h2"
