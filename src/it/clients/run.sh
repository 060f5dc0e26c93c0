#!/usr/bin/env bash
# Runs real Matrix clients against the server, directly and through nginx where that is installed: run.sh [nio mautrix js]
# They are installed below target/clients. What cannot be had within a minute each is left out, and the output says so.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
folder=$PWD/target/clients
python=$folder/python/bin/python

from_pypi() {
    [ -x "$python" ] || timeout 60 python3 -m venv "$folder/python" || return 1
    timeout 60 "$python" -m pip install -q --disable-pip-version-check --retries 1 "$1"
}

from_npm() {
    timeout 60 npm install --silent --no-audit --no-fund --prefix "$folder/npm" "$1"
}

# A client that changes its interface is looked at by hand: so the newest of these lines
install() {
    case $1 in
        nio) from_pypi matrix-nio~=0.26.0 ;;
        mautrix) from_pypi mautrix~=0.21.1 ;;
        js) from_npm matrix-js-sdk@37 ;;
        *) echo "no such client: $1" >&2 && exit 2 ;;
    esac
}

mkdir -p "$folder"
[ -f target/mediakeep.war ] || mvn -q -B -ntp package -Dmaven.test.skip=true
[ $# -gt 0 ] || set -- nio mautrix js
installed=()
for client in "$@"; do
    if install "$client"; then
        installed+=("$client")
    else
        echo "clients: $client could not be installed: left out"
    fi
done
[ ${#installed[@]} -eq 0 ] || exec python3 -B "$here/run.py" "$folder" "${installed[@]}"
