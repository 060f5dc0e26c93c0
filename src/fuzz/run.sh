#!/usr/bin/env bash
# Feeds damaged inputs to the code that parses untrusted input, for as long as you like, with the heap of a small server.
# usage: src/fuzz/run.sh TARGET [COUNT [SEED]]     e.g.  src/fuzz/run.sh Images 200000
# A target is a class TARGETFuzzTest, which extends FuzzContract. Inputs that do harm are left in target/fuzz.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:?usage: src/fuzz/run.sh TARGET [COUNT [SEED]]}
exec mvn -q test -Dtest="${target}FuzzTest" -DargLine="-Xmx256m" \
  -Dmediakeep.fuzz.count="${2:-200000}" -Dmediakeep.fuzz.seed="${3:-42}"
