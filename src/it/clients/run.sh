#!/usr/bin/env bash
# Runs real Matrix clients against the server, directly and through nginx where that is installed:
# run.sh [nio mautrix synadm js chromium]. They are installed below target/clients, Chromium by apt (as root). What cannot be had within two
# minutes in all is left out, and the output says so.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
folder=$PWD/target/clients
python=$folder/python/bin/python

within_time() {
    timeout $((SECONDS < 120 ? 120 - SECONDS : 1)) "$@"
}

from_pypi() {
    [ -x "$python" ] || within_time python3 -m venv "$folder/python" || return 1
    within_time "$python" -m pip install -q --disable-pip-version-check --retries 1 "$1"
}

from_npm() {
    within_time npm install --silent --no-audit --no-fund --prefix "$folder/npm" "$@"
}

from_debian() {
    command -v "$1" > /dev/null && return
    { within_time apt-get update -qq && within_time apt-get install -y -qq --no-install-recommends --download-only "$1"; } || return 1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"
}

# A client that changes its interface is looked at by hand: so the newest of these lines
install() {
    case $1 in
        nio) from_pypi matrix-nio~=0.26.0 ;;
        mautrix) from_pypi mautrix~=0.21.1 ;;
        synadm) from_pypi synadm~=0.49.2 ;;
        js) from_npm matrix-js-sdk@37 ;;
        chromium) from_debian chromium && from_npm matrix-js-sdk@37 playwright-core@1.65.1 esbuild@0.28.2 mediabunny@1.61.0 ;;
        *) echo "no such client: $1" >&2 && exit 2 ;;
    esac
}

mkdir -p "$folder"
[ -f target/mediakeep.war ] || mvn -q -B -ntp package -Dmaven.test.skip=true
[ $# -gt 0 ] || set -- nio mautrix synadm js chromium
installed=()
SECONDS=0
for client in "$@"; do
    if install "$client"; then
        installed+=("$client")
    else
        echo "clients: $client could not be installed: left out"
    fi
done
[ ${#installed[@]} -eq 0 ] || exec python3 -B "$here/run.py" "$folder" "${installed[@]}"
