#!/usr/bin/env bash
# Tries Mediakeep behind proxies with the recipes of this directory: run.sh [--install] [--quick] [nginx caddy haproxy apache traefik]
# --install brings those that Debian has (as root). Without names it takes what is installed. Ten minutes each, --quick one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."

if [ "${1:-}" = --install ]; then
    shift
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx caddy haproxy apache2 curl openssl python3
fi
[ -f target/mediakeep.war ] || mvn -q -B -ntp package -Dmaven.test.skip=true
exec python3 -B "$here/run.py" "$@"
