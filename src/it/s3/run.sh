#!/usr/bin/env bash
# Runs the server with OpenStack Swift (s3api) as its S3 store, on loopback and in a temporary directory. Swift is Debian's package
# python3-swift, which is installed by apt (as root) where it is missing. Up to a minute of its time is a wait for
# the periodic removal of blobs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."

if ! /usr/bin/python3 -c 'import swift.common.middleware.s3api' 2> /dev/null; then
    echo 's3: python3-swift is missing, and is installed by apt'
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-swift
fi
[ -f target/mediakeep.war ] || mvn -q -B -ntp package -Dmaven.test.skip=true
exec python3 -B "$here/run.py"
